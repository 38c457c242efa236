/** A forecast: what is foretold of the request and of each id, and what a dialog says before anybody presses Delete. */

import { sort, tellCaller } from "./facts.js";
import { keyOf, toJSON } from "./report.js";

/** @typedef {import("./call.js").Call} Call */
/** @typedef {import("./contract.js").Contract} Contract */

/**
 * @param {Contract} contract
 * @param {Call} call
 * @param {{ caller?: any, facts?: (id: any) => unknown }} knowledge
 */
export function forecast(contract, call, { caller, facts } = {}) {
  if (facts !== undefined && typeof facts !== "function") throw new TypeError("facts: it must be a function of an id");
  const ids = call.list;
  // What would arrive is something else, so that nothing can be foretold of it.
  if (!call.isAsGiven) return new Forecast(ids, UNSENDABLE, ids.length > 0 ? [UNSENDABLE] : [], new Array(ids.length).fill(0), [ids.length], contract.folds);
  const { sorts, of } = sort(contract.description, ids, facts, caller);
  const told = JSON.stringify({ caller: tellCaller(caller), items: sorts.map((each) => [each.told, each.count]) });
  const output = contract.engine.with((instance) =>
    instance.forecast(contract.in(instance), call.in(instance), told),
  );
  return new Forecast(ids, output.request, output.items, of, sorts.map(({ count }) => count), contract.folds);
}

/** What is foretold of a request that holds what cannot be sent. */
const UNSENDABLE = Object.freeze({ verdict: "deny", code: "violations", check: "valid", retry: "after-change" });

export class Forecast {
  /** @type {Map<unknown, any> | undefined} */
  #byId;
  #folds;

  /**
   * @param {readonly unknown[]} ids
   * @param {any} request
   * @param {readonly any[]} verdicts of each sort
   * @param {readonly number[]} of the sort of each id
   * @param {readonly number[]} counts of each sort
   * @param {boolean} folds whether ids that differ in case are the same
   */
  constructor(ids, request, verdicts, of, counts, folds) {
    this.#folds = folds;
    /** What is foretold of the whole request. @readonly */
    this.request = Object.freeze(request);
    const items = new Array(ids.length);
    for (let index = 0; index < items.length; index += 1) items[index] = item(ids[index], verdicts[of[index]]);
    /** What is foretold of each id, in the order of the request. @type {readonly any[]} @readonly */
    this.items = Object.freeze(items);
    /** How many come to what. @readonly */
    this.summary = summary(verdicts, counts, ids.length);
    Object.freeze(this);
  }

  toJSON() {
    return { ...this, items: toJSON(this.items) };
  }

  /** What is foretold of this id; `undefined` where it was not asked for. @param {unknown} id */
  get(id) {
    this.#byId ??= new Map(this.items.map((each) => [keyOf(each.id, this.#folds), each]));
    return this.#byId.get(keyOf(id, this.#folds));
  }
}

/** @param {unknown} id @param {any} told */
function item(id, told) {
  switch (told.verdict) {
    case "allow":
      return { id, verdict: "allow" };
    case "deny":
      return denied(id, told);
    default:
      return { id, verdict: "unknown", needs: told.needs, possible: told.possible };
  }
}

/**
 * A copy, which is written out where nothing is left out or only the document's sentence: that is several times faster.
 *
 * @param {unknown} id
 * @param {any} told
 */
function denied(id, told) {
  const { code, retry, reason, check, document } = told;
  if (reason === undefined || check === undefined) return { id, ...told };
  if (document === undefined) return { id, verdict: "deny", code, retry, reason, check };
  return { id, verdict: "deny", code, retry, reason, check, document };
}

/** @param {readonly any[]} verdicts @param {readonly number[]} counts @param {number} total */
function summary(verdicts, counts, total) {
  /** @type {Record<"allow" | "deny" | "unknown", number>} */
  const sums = { allow: 0, deny: 0, unknown: 0 };
  /** @type {Map<string, { code: string, reason?: string, count: number }>} */
  const reasons = new Map();
  verdicts.forEach((told, place) => {
    sums[/** @type {"allow" | "deny" | "unknown"} */ (told.verdict)] += counts[place];
    if (told.verdict !== "deny") return;
    const known = reasons.get(told.code);
    if (known !== undefined) known.count += counts[place];
    else reasons.set(told.code, { code: told.code, ...(told.reason && { reason: told.reason }), count: counts[place] });
  });
  // That none will be is not said where some may be.
  const isOpen = sums.allow === 0 && sums.unknown > 0;
  const sentences = [isOpen ? `Whether ${sums.unknown} of ${total} will be deleted is not known.` : `${sums.allow} of ${total} will be deleted.`];
  for (const { count, reason, code } of reasons.values()) {
    if (reason !== undefined) sentences.push(`${count} will not: ${reason}${/[.!?]$/.test(reason) ? "" : "."}`);
    else if (code === UNSENDABLE.code) sentences.push(`${count} will not: the request breaks the contract.`);
    else sentences.push(`${count} will not (${code}).`);
  }
  if (sums.unknown > 0 && !isOpen) sentences.push(`Of ${sums.unknown} it is not known.`);
  return Object.freeze({ total, ...sums, reasons: Object.freeze([...reasons.values()]), text: sentences.join(" ") });
}
