/** What is said of verdicts, outcomes and facts. The contract's own words come first; these stand where it has none. */

/** @typedef {import("./types.d.ts").ItemVerdict} ItemVerdict */
/** @typedef {import("./types.d.ts").Verdict} Verdict */

/** By code, where the contract gives no reason. @type {Readonly<Record<string, string>>} */
const CODES = {
  bystander: "Refused with the others: it is all or nothing",
  violations: "The request breaks the contract",
  unknown: "Not found",
  denied: "No permission to delete it",
};

/** By fact, as the engine names it. @type {Readonly<Record<string, string>>} */
const FACTS = {
  "authenticated": "whether the token holds",
  "authentication": "whether the token holds",
  "scopes": "what the token may be used for",
  "roles": "the caller’s role",
  "permissions": "the permissions",
  "container-exists": "whether the place exists",
  "container-accessible": "whether the place is the caller’s",
  "exists": "whether it exists",
  "accessible": "whether the caller can see it",
  "owner": "whose it is",
  "owned": "whose it is",
  "state": "its state",
  "attributes": "its attributes",
  "fail": "what else stands in the way",
};

/** Why something will not be deleted. @param {Extract<Verdict, { verdict: "deny" }>} denied */
export function reasonOf({ reason, document, code }) {
  return reason ?? document ?? CODES[code] ?? code;
}

/** Symbol, word and explanation: never colour alone. @param {Verdict} verdict @param {"now" | "later"} when */
export function verdictWords(verdict, when) {
  switch (verdict.verdict) {
    case "allow":
      return { kind: "allow", mark: "✓", text: when === "later" ? "Will be accepted" : "Will be deleted", why: "" };
    case "deny":
      return { kind: "deny", mark: "✕", text: "Stays", why: reasonOf(verdict) };
    default: {
      const needs = [...new Set(verdict.needs.map(({ fact }) => FACTS[fact] ?? fact))];
      return { kind: "unknown", mark: "?", text: "Not known", why: `Depends on ${listOf(needs)}` };
    }
  }
}

/** @type {Readonly<Record<string, { kind: string, mark: string, text: string }>>} */
const OUTCOMES = {
  "deleted": { kind: "allow", mark: "✓", text: "Deleted" },
  "accepted": { kind: "allow", mark: "…", text: "Accepted" },
  "not-found": { kind: "deny", mark: "✕", text: "Not found" },
  "failed": { kind: "deny", mark: "✕", text: "Not deleted" },
  "not-sent": { kind: "unknown", mark: "–", text: "Not sent" },
  "unknown": { kind: "unknown", mark: "?", text: "Not told" },
};

/** @param {import("../../wasm/js/index.js").ItemReport} item */
export function outcomeWords(item) {
  const words = OUTCOMES[item.outcome];
  if (item.outcome === "unknown" && item.gone === true) {
    return { kind: "allow", mark: "✓", text: "Gone", why: "The answer names nobody: deleted, or not there before" };
  }
  const why = item.reason ?? (item.code === undefined || item.gone === true && item.outcome !== "not-found" ? "" : CODES[item.code] ?? "");
  return { ...words, why: why === words.text ? "" : why };
}

/** @param {readonly string[]} parts */
export function listOf(parts) {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** A number and its noun. @param {number} number @param {string} one @param {string} several */
export function counted(number, one, several) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : several}`;
}
