/** Follows accepted operations to their end, by asking whoever knows how each goes. */

import { pause, tell } from "./submit.js";

/** @typedef {"running" | "succeeded" | { failed: string }} Status */

/**
 * @param {import("./report.js").Report} report
 * @param {object} options
 * @param {(operation: string, id: unknown) => Status | Promise<Status>} options.status how an operation goes
 * @param {number} [options.interval] milliseconds between two looks at all of them
 * @param {AbortSignal} [options.signal]
 * @param {(report: import("./report.js").Report) => void} [options.onProgress]
 * @returns {Promise<import("./report.js").Report>}
 */
export async function track(report, { status, interval = 1000, signal, onProgress }) {
  if (typeof status !== "function") throw new TypeError("status: it must be a function of an operation");
  let now = report;
  while (!signal?.aborted && now.items.some(isUnderWay)) {
    const items = await Promise.all(now.items.map(async (item) => (isUnderWay(item) ? followed(item, status) : item)));
    now = now.with(items);
    if (onProgress !== undefined) tell(onProgress, now);
    if (now.items.some(isUnderWay)) await pause(interval, signal);
  }
  return now;
}

/** @param {any} item */
function isUnderWay({ outcome, operation }) {
  return outcome === "accepted" && operation !== undefined;
}

/** @param {any} item @param {(operation: string, id: unknown) => Status | Promise<Status>} status */
async function followed(item, status) {
  const { id, operation, code } = item;
  let told;
  try {
    told = await status(operation, id);
  } catch {
    // It is asked again: that nobody could be asked says nothing about the operation.
    return item;
  }
  const kept = { id, operation, ...(code && { code }), evidence: "stated" };
  if (told === "succeeded") return { ...kept, outcome: "deleted", gone: true, retry: "never" };
  if (typeof told === "object" && told !== null) {
    return { ...kept, outcome: "failed", gone: false, retry: "now", reason: told.failed };
  }
  return item;
}
