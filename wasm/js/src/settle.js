/** Settles what nobody knew, from a list of what is still there. */

import { show } from "./errors.js";

/**
 * @param {import("./report.js").Report} report
 * @param {Iterable<unknown>} listedIds every id that is still there
 */
export function settle(report, listedIds) {
  const there = new Set();
  for (const id of listedIds) {
    // Whatever is no id is none of those asked for, and would have them taken for deleted.
    if (!["string", "number", "bigint"].includes(typeof id)) throw new TypeError(`listedIds: it must hold ids, and holds ${show(id)}`);
    there.add(keyOf(id));
  }
  const items = report.items.map((item) => {
    if (item.outcome !== "unknown" && item.outcome !== "accepted") return item;
    const { id, code, reason, operation } = item;
    const isAccepted = item.outcome === "accepted";
    const told = { ...(code && { code }), ...(reason && { reason }) };
    if (!there.has(keyOf(id))) {
      // Why nobody knew is not why it is gone.
      const kept = { id, ...(isAccepted && told), ...(operation && { operation }) };
      return { ...kept, outcome: "deleted", gone: true, evidence: "inferred", retry: "never" };
    }
    // What was accepted may still be under way.
    if (isAccepted) return item;
    return { id, ...told, ...(operation && { operation }), outcome: "failed", gone: false, evidence: "inferred", retry: "now" };
  });
  return report.with(items);
}

/**
 * A list may spell an id in other letters, or write a number as text. To take something for deleted that is there is the
 * worse mistake.
 *
 * @param {unknown} id
 */
function keyOf(id) {
  return String(id).toLowerCase();
}
