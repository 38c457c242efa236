/** Follows accepted operations to their end, by asking whoever knows how each goes. */

import { callback } from "./arguments.js";
import { show } from "./facts.js";
import { tell } from "./submit.js";
import { pause, signalOf, unlessAborted } from "./wait.js";

/** @typedef {"running" | "succeeded" | { failed: string }} Status */

/**
 * @param {import("./report.js").Report} report
 * @param {Record<string, any>} options `status`, how an operation goes; `interval`, milliseconds between two looks at all of them;
 *   `signal`; `onProgress`
 * @returns {Promise<import("./report.js").Report>}
 */
export async function track(report, { status, interval = 1000, signal: given, onProgress }) {
  if (typeof status !== "function") throw new TypeError(`status: it must be a function, and is ${show(status)}`);
  if (!(typeof interval === "number" && interval >= 0)) throw new TypeError(`interval: it must be milliseconds from 0, and is ${show(interval)}`);
  callback("onProgress", onProgress);
  const signal = signalOf(given);
  let now = report;
  while (!signal?.aborted && now.items.some(isUnderWay)) {
    const items = await Promise.all(now.items.map(async (item) => (isUnderWay(item) ? followed(item, status, signal) : item)));
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

/** @param {any} item @param {(operation: string, id: unknown) => Status | Promise<Status>} status @param {AbortSignal | undefined} signal */
async function followed(item, status, signal) {
  const { id, operation, code } = item;
  let told;
  try {
    told = await unlessAborted(status(operation, id), signal);
  } catch {
    // It is asked again, unless it was called off: that nobody could be asked says nothing about the operation.
    return item;
  }
  const kept = { id, operation, ...(code && { code }), evidence: "stated" };
  if (told === "succeeded") return { ...kept, outcome: "deleted", gone: true, retry: "never" };
  if (typeof told === "object" && told !== null) {
    return { ...kept, outcome: "failed", gone: false, retry: "now", reason: told.failed };
  }
  return item;
}
