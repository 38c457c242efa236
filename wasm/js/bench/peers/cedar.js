/** The same checks as policies of Cedar: whether, and which policy forbids it. */

const POLICIES = {
  allow: "permit(principal, action, resource);",
  unknown: "forbid(principal, action, resource) when { !context.exists };",
  failed: "forbid(principal, action, resource) when { context.exists && !context.accessible };",
  open: 'forbid(principal, action, resource) when { context.exists && context.accessible && context.state == "open" };',
  broken:
    'forbid(principal, action, resource) when { context.exists && context.accessible && context.state != "open" && context has fail };',
};

/** Policies that go with each question. @param {any} engine cedar-wasm, once it is loaded */
export function asked(engine) {
  const policies = { staticPolicies: POLICIES };
  return each((question) => engine.isAuthorized({ ...question, policies }));
}

/** Policies that are parsed in advance, and kept by name. @param {any} engine cedar-wasm, once it is loaded */
export function prepared(engine) {
  const answer = engine.preparsePolicySet("models", { staticPolicies: POLICIES });
  if (answer.type !== "success") throw new Error(`Cedar does not read the policies: ${JSON.stringify(answer)}`);
  return each((question) => engine.statefulIsAuthorized({ ...question, preparsedPolicySetId: "models" }));
}

/** @param {(question: object) => any} ask */
function each(ask) {
  return (/** @type {readonly string[]} */ ids, /** @type {(id: string) => any} */ facts) =>
    ids.map((id) => {
      const { response } = ask({
        principal: { type: "User", id: "somebody" },
        action: { type: "Action", id: "delete" },
        resource: { type: "Model", id },
        context: contextOf(facts(id)),
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
