/** The same checks as rules of casl: whether, and why not. */

import { createMongoAbility, subject } from "@casl/ability";

const ability = createMongoAbility([
  { action: "delete", subject: "Model" },
  { action: "delete", subject: "Model", inverted: true, conditions: { fail: { $ne: null } }, reason: "broken" },
  { action: "delete", subject: "Model", inverted: true, conditions: { state: "open" }, reason: "open" },
  { action: "delete", subject: "Model", inverted: true, conditions: { accessible: false }, reason: "failed" },
  { action: "delete", subject: "Model", inverted: true, conditions: { exists: false }, reason: "unknown" },
]);
const NOTHING = { exists: false };

/** @param {readonly string[]} ids @param {(id: string) => any} facts */
export function casl(ids, facts) {
  return ids.map((id) => {
    const known = facts(id);
    // It marks what it is given with its type; a copy leaves the page's own as it is.
    const rule = ability.relevantRuleFor("delete", subject("Model", { ...(known ?? NOTHING) }));
    return rule === null || rule.inverted ? { id, verdict: "deny", code: rule?.reason } : { id, verdict: "allow" };
  });
}
