/** The same checks as policies of Cedar, parsed in advance: whether, and which policy forbids it. */

const POLICIES = {
  allow: "permit(principal, action, resource);",
  unknown: "forbid(principal, action, resource) when { !context.exists };",
  failed: "forbid(principal, action, resource) when { context.exists && !context.accessible };",
  open: 'forbid(principal, action, resource) when { context.exists && context.accessible && context.state == "open" };',
  broken:
    'forbid(principal, action, resource) when { context.exists && context.accessible && context.state != "open" && context has fail };',
};

/** @param {any} engine cedar-wasm, once it is loaded */
export function cedar(engine) {
  const answer = engine.preparsePolicySet("models", { staticPolicies: POLICIES });
  if (answer.type !== "success") throw new Error(`Cedar does not read the policies: ${JSON.stringify(answer)}`);
  return (/** @type {readonly string[]} */ ids, /** @type {(id: string) => any} */ facts) =>
    ids.map((id) => {
      const { response } = engine.statefulIsAuthorized({
        principal: { type: "User", id: "somebody" },
        action: { type: "Action", id: "delete" },
        resource: { type: "Model", id },
        context: contextOf(facts(id)),
        preparsedPolicySetId: "models",
        entities: [],
      });
      if (response.decision === "allow") return { id, verdict: "allow" };
      return { id, verdict: "deny", code: response.diagnostics.reason[0] };
    });
}

/** @param {any} known */
function contextOf(known) {
  if (known === null) return { exists: false };
  const { accessible, state, fail } = known;
  return { exists: true, accessible, state, ...(fail !== null && { fail }) };
}
