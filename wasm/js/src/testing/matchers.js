/** Matchers for `expect.extend`: of Vitest, of Playwright, and of whatever else takes what Jest takes. */

import { show } from "../errors.js";

/** @typedef {{ pass: boolean, message: () => string }} Judged */
/** @typedef {string | number | bigint} Id */

export const matchers = Object.freeze({
  /**
   * Whether exactly these were deleted since the beginning, in any order. A mock behind a URL is asked, so that the matcher must be
   * awaited then.
   *
   * @param {any} mock
   * @param {readonly Id[]} ids
   * @param {{ contract?: string }} [where]
   * @returns {Judged | Promise<Judged>}
   */
  toHaveDeleted(mock, ids, where = {}) {
    if (typeof mock?.changes !== "function") throw new TypeError(`toHaveDeleted: expect(mock) needs a mock, and got ${show(mock)}`);
    if (!Array.isArray(ids)) throw new TypeError(`toHaveDeleted: it needs a list of ids, and got ${show(ids)}`);
    const judge = (/** @type {{ deleted: readonly { id: Id }[] }} */ changes) => judged(ids, changes.deleted.map(({ id }) => id));
    const changes = mock.changes(where.contract);
    return typeof changes?.then === "function" ? changes.then(judge) : judge(changes);
  },
});

/** @param {readonly Id[]} wanted @param {readonly Id[]} got @returns {Judged} */
function judged(wanted, got) {
  const lacking = without(wanted, got);
  const more = without(got, wanted);
  const pass = lacking.length === 0 && more.length === 0;
  const message = () =>
    pass
      ? `the mock has deleted exactly ${told(got)}, and should not have`
      : [
          `the mock should have deleted ${told(wanted)}, and has deleted ${told(got)}`,
          ...(lacking.length > 0 ? [`  still there: ${told(lacking)}`] : []),
          ...(more.length > 0 ? [`  deleted beside them: ${told(more)}`] : []),
        ].join("\n");
  return { pass, message };
}

/** What of a list is not in another. `7` and `"7"` are two ids, as they are for an API. @param {readonly Id[]} list @param {readonly Id[]} other */
function without(list, other) {
  const key = (/** @type {Id} */ id) => (typeof id === "string" ? `"${id}"` : String(id));
  const others = new Set(other.map(key));
  return list.filter((id) => !others.has(key(id)));
}

/** @param {readonly Id[]} ids */
function told(ids) {
  if (ids.length === 0) return "nothing";
  const shown = ids.slice(0, 20).map((id) => (typeof id === "string" ? `"${id}"` : String(id)));
  return shown.join(", ") + (ids.length > shown.length ? ` and ${ids.length - shown.length} more` : "");
}
