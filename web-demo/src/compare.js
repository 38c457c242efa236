/** The report held against the forecast, item by item. */

/**
 * `agrees` where the answer says what was foretold, `open` where one of the two leaves it open, `differs` where they do not
 * fit together: that would be a defect.
 *
 * @typedef {"agrees" | "open" | "differs"} Agreement
 */

/**
 * @param {import("./types.d.ts").ItemVerdict | undefined} foretold
 * @param {import("../../wasm/js/index.js").ItemReport} became
 * @param {ReadonlySet<string>} refusals the answers by which a broken request may be told so
 * @returns {Agreement}
 */
export function compare(foretold, became, refusals) {
  if (foretold === undefined || became.outcome === "not-sent") return "open";
  // What is gone is so as foretold, though nobody says who did it; of the rest nobody knows anything.
  if (became.outcome === "unknown") return became.gone === true && foretold.verdict === "allow" ? "agrees" : "open";
  const { code = "" } = became;
  const isDone = became.outcome === "deleted" || became.outcome === "accepted";
  switch (foretold.verdict) {
    case "allow":
      return isDone ? "agrees" : "differs";
    case "deny":
      if (isDone) return "differs";
      return code === "" || code === foretold.code || (foretold.code === "violations" && refusals.has(code)) ? "agrees" : "differs";
    default:
      return isDone || code === "" || foretold.possible.includes(code) ? "open" : "differs";
  }
}
