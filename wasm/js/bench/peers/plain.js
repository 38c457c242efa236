/** What one writes by hand for one service: each item's verdict, with the service's words. */

const REASONS = {
  unknown: "Model ID does not exist.",
  failed: "Something went wrong. Deleting this model failed.",
  open: "Model is open. Please close the model before trying again.",
};

/** @param {readonly string[]} ids @param {(id: string) => any} facts */
export function plain(ids, facts) {
  const items = [];
  for (const id of ids) items.push(decide(id, facts(id)));
  return items;
}

/** @param {string} id @param {any} known */
function decide(id, known) {
  if (known === null) return deny(id, "unknown", "never", REASONS.unknown, "exists");
  if (!known.accessible) return deny(id, "failed", "after-change", REASONS.failed, "accessible");
  if (known.state === "open") return deny(id, "open", "after-change", REASONS.open, "state-is-not");
  if (known.fail !== null) return deny(id, "broken", "after-change", known.fail, "deletable");
  return { id, verdict: "allow" };
}

/** @param {string} id @param {string} code @param {string} retry @param {string} reason @param {string} check */
function deny(id, code, retry, reason, check) {
  return { id, verdict: "deny", code, retry, reason, check };
}
