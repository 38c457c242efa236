/** Reports: what an answer means for each id, and several of them put together. */

import { show } from "./errors.js";

/** @typedef {import("../index.js").ItemReport} ItemReport */

/**
 * @typedef {object} Told what a report is made of
 * @property {readonly any[]} items
 * @property {readonly string[]} [warnings]
 * @property {readonly string[]} [contradictions]
 * @property {string | null} [answer]
 * @property {number | null} [wait]
 * @property {string} [ended]
 * @property {ReadonlyMap<string, string>} [paths] where operations are asked for, by the operation
 * @property {boolean} [folds] whether the contract takes ids that differ in case for the same
 */

/** @type {ReadonlyMap<string, string>} */
const NOWHERE = new Map();
/** Items that somebody has looked for since they were answered. @type {WeakSet<object>} */
const LOOKED_FOR = new WeakSet();

export class Report {
  /** @type {Map<unknown, any> | undefined} */
  #byId;
  #folds;
  #paths;

  /** @param {Told} told */
  constructor({ items, warnings = [], contradictions = [], answer = null, wait = null, ended, paths = NOWHERE, folds = false }) {
    this.#folds = folds;
    this.#paths = paths;
    /** Each id, once, in the order of the request. @readonly */
    this.items = Object.freeze(items.map((item) => Object.freeze(item)));
    /** @readonly */
    this.summary = summary(items);
    /** The operations by which items are deleted, also those that have ended. @readonly */
    this.operations = Object.freeze(
      items.filter(({ operation }) => operation !== undefined).map(({ operation, id }) => Object.freeze({ operation, id })),
    );
    /** @readonly */
    this.warnings = Object.freeze([...warnings]);
    /** What in the answer does not add up. @readonly */
    this.contradictions = Object.freeze([...new Set(contradictions)]);
    /** The name of the answer in the policy. @readonly */
    this.answer = answer;
    /** For how many seconds the server wants to be left alone; `null` where it did not say. @readonly */
    this.wait = wait;
    if (ended !== undefined) {
      /** @readonly */
      this.ended = ended;
    }
    Object.freeze(this);
  }

  /** What became of this id; `undefined` where it was not asked for. @param {unknown} id */
  get(id) {
    this.#byId ??= new Map(this.items.map((item) => [keyOf(item.id, this.#folds), item]));
    return this.#byId.get(keyOf(id, this.#folds));
  }

  toJSON() {
    return { ...this, items: toJSON(this.items), operations: toJSON(this.operations) };
  }

  /** The same with items that somebody looked at since, and with more that went wrong. @param {readonly any[]} items @param {readonly string[]} [warnings] */
  with(items, warnings = []) {
    items.forEach((item, index) => item !== this.items[index] && LOOKED_FOR.add(item));
    return new Report({ ...this, items, warnings: [...new Set([...this.warnings, ...warnings])], paths: this.#paths, folds: this.#folds });
  }

  /**
   * A report as it came: also one without its class, as it comes from a worker or out of a store.
   *
   * @param {string} name
   * @param {any} value
   * @param {boolean} folds
   * @param {(id: any) => unknown} idOf the id that was written
   * @returns {Report}
   */
  static from(name, value, folds, idOf) {
    if (value instanceof Report) return value;
    const isLike = Array.isArray(value?.items) && value.items.every((/** @type {any} */ item) => Object.hasOwn(KEYS, item?.outcome));
    if (!isLike) throw new TypeError(`${name}: it must be a report, and is ${show(value)}`);
    return new Report({ ...value, items: value.items.map((/** @type {any} */ item) => ({ ...item, id: idOf(item.id) })), folds });
  }

  /** Where their operations are asked for. @param {readonly Report[]} reports @returns {ReadonlyMap<string, string>} */
  static paths(reports) {
    const known = reports.map((report) => report.#paths).filter((paths) => paths.size > 0);
    return known.length > 1 ? new Map(known.flatMap((paths) => [...paths])) : (known[0] ?? NOWHERE);
  }

  /** Whether one of these was told to take ids that differ in case for the same. @param {readonly Report[]} reports */
  static fold(reports) {
    return reports.some((report) => report.#folds);
  }
}

/** Items as JSON can tell them, which has no exact word for a BigInt. @param {readonly any[]} items */
export function toJSON(items) {
  return items.map((item) => (typeof item.id === "bigint" ? { ...item, id: String(item.id) } : item));
}

/** Ids that the contract takes for the same have the same key. @param {unknown} id @param {boolean} folds */
export function keyOf(id, folds) {
  // A number and a BigInt are written alike.
  if (typeof id === "bigint" && Number.isSafeInteger(Number(id))) return Number(id);
  return folds && typeof id === "string" ? id.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : id;
}

/**
 * A report as the engine tells it.
 *
 * @param {any} told
 * @param {readonly unknown[]} ids
 * @param {number | null} wait
 * @param {boolean} folds
 * @param {string | undefined} path where its operations are asked for
 */
export function reported(told, ids, wait, folds, path) {
  const items = told.items.map((/** @type {any} */ item, /** @type {number} */ index) => {
    const { outcome, gone, evidence, code, reason, retry, operation } = item;
    /** @type {any} */
    const known = { id: ids[index], outcome, gone, evidence, retry };
    if (code !== null) known.code = code;
    if (reason !== null) known.reason = reason;
    if (operation !== null) known.operation = operation;
    return known;
  });
  const operations = path === undefined ? [] : items.flatMap((/** @type {any} */ { operation = [] }) => operation);
  return new Report({ ...told, items, wait, folds, paths: new Map(operations.map((/** @type {string} */ operation) => [operation, path])) });
}

/** What is said of ids that were not sent, or whose answer did not come. @param {readonly unknown[]} ids @param {any} said @param {boolean} [folds] */
export function all(ids, said, folds) {
  return new Report({ items: ids.map((id) => ({ id, ...said })), folds });
}

/** An id that was never asked for. */
export const NOT_SENT = { outcome: "not-sent", gone: false, evidence: "stated", retry: "now" };
/** An id whose answer did not come. */
export const LOST = { outcome: "unknown", gone: null, evidence: "inferred", retry: "now" };

/**
 * One report of several, the later ones the newer. An id stands where it stood first.
 *
 * @param {readonly Report[]} reports
 * @param {string} [ended]
 * @param {boolean} [folds]
 */
export function merge(reports, ended, folds = Report.fold(reports)) {
  /** @type {Map<unknown, any>} */
  const items = new Map();
  for (const report of reports) {
    for (const item of report.items) {
      const key = keyOf(item.id, folds);
      const before = items.get(key);
      items.set(key, before === undefined ? item : named(mergeItem(before, item), before.id));
    }
  }
  // What was not sent has no answer.
  const last = reports.findLast(({ summary }) => summary.notSent < summary.total) ?? reports.at(-1);
  return new Report({
    items: [...items.values()],
    warnings: reports.flatMap(({ warnings }) => warnings),
    contradictions: reports.flatMap(({ contradictions }) => contradictions),
    answer: last?.answer ?? null,
    // Of parts that were sent beside each other none is the newer.
    wait: ended === undefined ? (last?.wait ?? null) : longest(reports),
    paths: Report.paths(reports),
    folds,
    ...(ended !== undefined && { ended }),
  });
}

/** For how long they are to be left alone, all of them. @param {readonly Report[]} reports */
function longest(reports) {
  return reports.reduce((most, { wait }) => (wait === null || (most !== null && most > wait) ? most : wait), /** @type {number | null} */ (null));
}

/** The same item under the name that it had first. @param {any} item @param {unknown} id */
function named(item, id) {
  if (item.id === id) return item;
  const own = { ...item, id };
  if (LOOKED_FOR.has(item)) LOOKED_FOR.add(own);
  return own;
}

/** @param {any} before @param {any} after */
function mergeItem(before, after) {
  const isAccepted = before.outcome === "accepted";
  if (after.operation !== undefined) {
    const isSame = after.operation === before.operation;
    // The same deletion, followed to its end; or another, as the first has failed.
    if (isSame ? isAccepted : after.outcome === "accepted") return after;
  }
  // Whether it is there was said of the item itself, or seen: a refusal of the whole request knows nothing of it.
  const isThere = after.outcome === "failed" && (after.evidence === "stated" || LOOKED_FOR.has(after));
  // What is gone stays gone: that it is not found later says nothing new. What was only concluded ends where it is there.
  if (before.gone === true || isAccepted) {
    const isStated = isAccepted || (before.outcome === "deleted" && before.evidence === "stated");
    return after.outcome === "deleted" || (isThere && !isStated) ? after : before;
  }
  if (after.outcome === "not-sent") return before;
  if (before.outcome === "unknown" && after.outcome === "not-found") {
    // Nobody knew what became of the first attempt. It was the one that deleted it.
    const { id, code, reason } = after;
    return { id, outcome: "deleted", gone: true, evidence: "inferred", retry: "never", ...(code && { code }), ...(reason && { reason }) };
  }
  // A refusal of the next attempt has changed nothing, and says nothing of the one before.
  if (before.gone === null && after.outcome === "failed" && !isThere) return { ...after, outcome: "unknown", gone: null };
  return after;
}

/** Outcomes as the summary counts them. */
const KEYS = /** @type {const} */ ({
  deleted: "deleted",
  accepted: "accepted",
  "not-found": "notFound",
  failed: "failed",
  "not-sent": "notSent",
  unknown: "unknown",
});

/** @param {readonly any[]} items */
function summary(items) {
  const sums = { deleted: 0, accepted: 0, notFound: 0, failed: 0, notSent: 0, unknown: 0 };
  let gone = 0;
  for (const item of items) {
    sums[KEYS[/** @type {keyof typeof KEYS} */ (item.outcome)]] += 1;
    // Whether it was there before nobody said; that it is not there any more is certain.
    if (item.outcome === "unknown" && item.gone === true) gone += 1;
  }
  const words = Object.entries({
    "deleted": sums.deleted,
    "being deleted": sums.accepted,
    "not found": sums.notFound,
    "not deleted": sums.failed,
    "not sent": sums.notSent,
    "gone": gone,
    "unknown": sums.unknown - gone,
  });
  const text = words.filter(([, count]) => count > 0).map(([word, count]) => `${count} ${word}`).join(", ");
  return Object.freeze({ total: items.length, ...sums, text: `${text || "nothing"}.` });
}
