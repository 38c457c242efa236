/** Merging of reports item by item, and of what stands beside the items: exactly, by what each is made of. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf, merge, Report } from "../src/report.js";
import { settle } from "../src/settle.js";

const OPEN = { outcome: "unknown", gone: null, evidence: "inferred", retry: "now" };
const STATED = { outcome: "deleted", gone: true, evidence: "stated", retry: "never" };
const CONCLUDED = { outcome: "deleted", gone: true, evidence: "inferred", retry: "never" };
const THERE = { outcome: "failed", gone: false, evidence: "stated", retry: "after-change", code: "5", reason: "No permissions." };
const REFUSED = { outcome: "failed", gone: false, evidence: "inferred", retry: "now", code: "429" };
const MISSING = { outcome: "not-found", gone: true, evidence: "stated", retry: "never" };
const UNSENT = { outcome: "not-sent", gone: false, evidence: "inferred", retry: "now" };
const TAKEN = { outcome: "accepted", gone: true, evidence: "stated", retry: "never" };

/** What two items come to: the earlier, the later, and what is left of them. @type {[string, any, any, any][]} */
const PAIRS = [
  ["nobody knew, and it was deleted", OPEN, STATED, STATED],
  ["nobody knew, and it is there", OPEN, THERE, THERE],
  ["nobody knew, and the next was refused", OPEN, REFUSED, { ...REFUSED, outcome: "unknown", gone: null }],
  ["nobody knew, and it is missing", OPEN, MISSING, CONCLUDED],
  ["nobody knew, and it is missing, in words", OPEN, { ...MISSING, code: "404", reason: "No such model." }, { ...CONCLUDED, code: "404", reason: "No such model." }],
  ["nobody knew, and no more was sent", OPEN, UNSENT, OPEN],
  ["it is there, and no more was sent", THERE, UNSENT, THERE],
  ["it was not sent, and then it was", UNSENT, STATED, STATED],
  ["it was there, and is missing", THERE, MISSING, MISSING],
  ["it is gone, and is missing", STATED, MISSING, STATED],
  ["it is gone, and the next was refused", STATED, REFUSED, STATED],
  ["it is stated to be gone, and to be there", STATED, THERE, STATED],
  ["it was concluded to be gone, and is there", CONCLUDED, THERE, THERE],
  ["it was concluded to be gone, and the next was refused", CONCLUDED, REFUSED, CONCLUDED],
  ["it was concluded to be gone, and was deleted", CONCLUDED, STATED, STATED],
  ["it was missing, and is there", MISSING, THERE, THERE],
  ["it was accepted, and is deleted", TAKEN, STATED, STATED],
  ["it was accepted without a name, and the next was refused", TAKEN, REFUSED, TAKEN],
  ["it was accepted without a name, and it is missing", TAKEN, MISSING, TAKEN],
  ["it was accepted without a name, and it is there", TAKEN, THERE, TAKEN],
  ["an operation has ended", { ...TAKEN, operation: "1" }, { ...THERE, operation: "1" }, { ...THERE, operation: "1" }],
  ["an operation had ended", { ...THERE, operation: "1" }, { ...TAKEN, operation: "1" }, { ...TAKEN, operation: "1" }],
  ["it was accepted anew", { ...TAKEN, operation: "1" }, { ...TAKEN, operation: "2" }, { ...TAKEN, operation: "2" }],
  ["another operation has failed", { ...STATED, operation: "1" }, { ...THERE, operation: "2" }, { ...STATED, operation: "1" }],
];

/** @param {any} item @param {string} [id] */
const report = (item, id = "a") => new Report({ items: [{ id, ...item }], folds: true });

for (const [name, before, after, expected] of PAIRS) {
  test(name, () => assert.deepEqual(merge([report(before), report(after)]).items, [{ id: "a", ...expected }]));
}

test("what was looked for counts under either spelling, and what was not does not", () => {
  const looked = settle(report(OPEN, "B"), ["b"]);
  const there = { outcome: "failed", gone: false, evidence: "inferred", retry: "now" };
  assert.deepEqual(looked.items, [{ id: "B", ...there }]);
  const renamed = merge([report(OPEN, "b"), looked]);
  assert.deepEqual(renamed.items, [{ id: "b", ...there }]);
  assert.deepEqual(merge([report(CONCLUDED, "b"), renamed]).items, [{ id: "b", ...there }]);
  const refused = merge([report(UNSENT, "b"), report(REFUSED, "B")]);
  assert.deepEqual(refused.items, [{ id: "b", ...REFUSED }]);
  assert.deepEqual(merge([report(CONCLUDED, "b"), refused]).items, [{ id: "b", ...CONCLUDED }]);
});

test("settling keeps what was told, and adds nothing to it", () => {
  const told = { code: "5", reason: "Why." };
  const settled = (/** @type {any} */ item, /** @type {string[]} */ ids) => settle(report(item), ids).items[0];
  const there = { id: "a", outcome: "failed", gone: false, evidence: "inferred", retry: "now" };
  assert.deepEqual(settled({ ...OPEN, code: "5" }, ["a"]), { ...there, code: "5" });
  assert.deepEqual(settled({ ...OPEN, reason: "Why." }, ["a"]), { ...there, reason: "Why." });
  assert.deepEqual(settled({ ...OPEN, ...told, operation: "1" }, ["a"]), { ...there, ...told, operation: "1" });
  assert.deepEqual(settled({ ...OPEN, ...told }, []), { id: "a", ...CONCLUDED });
  assert.deepEqual(settled({ ...TAKEN, ...told, operation: "1" }, []), { id: "a", ...CONCLUDED, ...told, operation: "1" });
  assert.deepEqual(settled({ ...TAKEN, operation: "1" }, ["a"]), { id: "a", ...TAKEN, operation: "1" });
  for (const known of [STATED, THERE, MISSING, UNSENT]) assert.deepEqual(settled(known, ["a"]), { id: "a", ...known });
});

test("of parts that were sent beside each other, the longest wait counts; of one after the other, the last", () => {
  const waiting = (/** @type {(number | null)[]} */ waits) => waits.map((wait, index) => new Report({ items: [{ id: index, ...REFUSED }], wait }));
  for (const waits of [[7, 5], [5, 7], [null, 7, 5], [7, null], [5, 7, null]]) {
    assert.equal(merge(waiting(waits), "complete").wait, 7, String(waits));
    assert.equal(merge(waiting(waits)).wait, waits.at(-1), String(waits));
  }
  assert.equal(merge(waiting([0, null]), "complete").wait, 0);
  assert.equal(merge(waiting([null]), "complete").wait, null);
});

test("what a report is made of is told as it was, and once", () => {
  const parts = [
    new Report({ items: [{ id: 1, ...STATED }], warnings: ["w", "w"], contradictions: ["c"], answer: "deleted" }),
    new Report({ items: [{ id: 2, ...UNSENT }], warnings: ["w"], contradictions: ["c", "d"] }),
  ];
  const merged = merge(parts, "aborted");
  assert.deepEqual({ ...merged }, {
    items: [{ id: 1, ...STATED }, { id: 2, ...UNSENT }],
    summary: { total: 2, deleted: 1, accepted: 0, notFound: 0, failed: 0, notSent: 1, unknown: 0, text: "1 deleted, 1 not sent." },
    operations: [],
    warnings: ["w", "w", "w"],
    contradictions: ["c", "d"],
    // What was not sent has no answer.
    answer: "deleted",
    wait: null,
    ended: "aborted",
  });
  assert.equal("ended" in merge(parts), false);
  assert.ok(Object.isFrozen(merged) && Object.isFrozen(merged.items) && merged.items.every(Object.isFrozen));
});

test("ids that are the same have the same key", () => {
  /** @type {[unknown, boolean, unknown][]} */
  const keys = [
    [7n, false, 7],
    [9007199254740993n, true, 9007199254740993n],
    [-9007199254740991n, false, -9007199254740991],
    ["ABCÉ", true, "abcÉ"],
    ["ABC", false, "ABC"],
    [7, true, 7],
  ];
  for (const [id, folds, key] of keys) assert.equal(keyOf(id, folds), key, String(id));
});
