/** What one writes by hand for one service: each item's verdict, with the service's words and its document's. */

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

const DOCUMENTS = {
  failed: "The user must be a workspace administrator in the specified workspace and have access to the specified models.",
  open: "The models must be closed before they can be deleted.",
};

/** @param {string} id @param {any} known */
function decide(id, known) {
  if (known === null) {
    return { id, verdict: "deny", code: "unknown", retry: "never", reason: REASONS.unknown, check: "exists" };
  }
  if (!known.accessible) return deny(id, "failed", "accessible");
  if (known.state === "open") return deny(id, "open", "state-is-not");
  if (known.fail !== null) {
    return { id, verdict: "deny", code: "broken", retry: "after-change", reason: known.fail, check: "deletable" };
  }
  return { id, verdict: "allow" };
}

/** @param {string} id @param {"failed" | "open"} code @param {string} check */
function deny(id, code, check) {
  return { id, verdict: "deny", code, retry: "after-change", reason: REASONS[code], check, document: DOCUMENTS[code] };
}
