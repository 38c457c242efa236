/** Follows accepted operations to their end, by asking whoever knows how each goes. */

import { callback } from "./arguments.js";
import { show } from "./errors.js";
import { Follower } from "./follower.js";
import { Report } from "./report.js";
import { tell } from "./submit.js";
import { pause, signalOf, unlessAborted } from "./wait.js";

/** @typedef {import("../index.js").OperationStatus} Status */
/** How operations go, by their names. Of those that are not in it nothing was learned. @typedef {Map<string, Status>} Known */

/**
 * @param {import("./contract.js").Contract} contract
 * @param {Report} report
 * @param {Record<string, any>} options `status`, how an operation goes, or what a request for it is made with; `interval`,
 *   milliseconds between two looks at all of them; `signal`; `onProgress`
 * @returns {Promise<Report>}
 */
export async function track(contract, report, options) {
  const { status, interval = 1000, signal: given, onProgress } = options;
  if (status !== undefined && typeof status !== "function") throw new TypeError(`status: it must be a function, and is ${show(status)}`);
  if (!(typeof interval === "number" && interval >= 0)) throw new TypeError(`interval: it must be milliseconds from 0, and is ${show(interval)}`);
  callback("onProgress", onProgress);
  const signal = signalOf(given);
  const operations = report.items.filter(isUnderWay).map(({ operation }) => operation);
  const asked = status === undefined ? new Follower(contract, operations, Report.paths([report]), options, signal) : new Asked(status, signal);
  let now = report;
  const underWay = () => now.items.filter((item) => isUnderWay(item) && !asked.isGivenUp(item.operation));
  for (let items = underWay(); items.length > 0 && !signal?.aborted; items = underWay()) {
    const known = await asked.look(items);
    now = now.with(now.items.map((item) => (isUnderWay(item) ? followed(item, known.get(item.operation)) : item)), asked.warnings);
    if (onProgress !== undefined) tell(onProgress, now);
    if (underWay().length > 0) await pause(Math.max(interval, asked.wait), signal);
  }
  return now;
}

/** @param {any} item */
function isUnderWay({ outcome, operation }) {
  return outcome === "accepted" && operation !== undefined;
}

/** @param {any} item @param {Status | undefined} told */
function followed(item, told) {
  const { id, operation, code } = item;
  const kept = { id, operation, ...(code && { code }), evidence: "stated" };
  if (told === "succeeded") return { ...kept, outcome: "deleted", gone: true, retry: "never" };
  if (typeof told === "object" && told?.failed !== undefined) {
    return { ...kept, outcome: "failed", gone: false, retry: "now", reason: told.failed };
  }
  return item;
}

/** Asks the page's own function, of each operation by itself. */
class Asked {
  /** @type {readonly string[]} */
  warnings = [];
  wait = 0;

  /** @param {(operation: string, id: unknown) => Status | Promise<Status>} status @param {AbortSignal | undefined} signal */
  constructor(status, signal) {
    this.status = status;
    this.signal = signal;
  }

  isGivenUp() {
    return false;
  }

  /** @param {readonly any[]} items */
  async look(items) {
    /** @type {Known} */
    const known = new Map();
    const ask = async (/** @type {any} */ { operation, id }) => {
      try {
        known.set(operation, await unlessAborted(this.status(operation, id), this.signal));
      } catch {
        // It is asked again, unless it was called off: that nobody could be asked says nothing about the operation.
      }
    };
    await Promise.all(items.map(ask));
    return known;
  }
}
