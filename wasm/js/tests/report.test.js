/** Reports put together, tried again in parts, followed and settled. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { load } from "../src/node.js";
import { documents } from "./corpus/files.js";
import { applications, experiences, many, models, programs, tasks, told, where } from "./support/contracts.js";

const call = applications.call({ ...where["codearts-applications"], ids: ["a", "b", "c"] });
/** @param {[string, string, string?][]} rows */
function answer(rows) {
  const result = rows.map(([application_id, status, error_reason = ""]) => ({ application_id, status, error_reason }));
  return applications.interpret(call.with(rows.map(([id]) => id)), { status: 200, body: { result, total_num: rows.length } });
}
/** @param {number} status @param {string[]} ids */
const refused = (status, ids) => applications.interpret(call.with(ids), { status });
/** @param {any} report */
const outcomes = (report) => report.items.map((/** @type {any} */ { id, outcome, evidence }) => `${id} ${outcome} ${evidence}`);

test("the later of two reports is the newer", () => {
  const first = answer([["a", "success"], ["b", "error", "No permissions."]]);
  const second = answer([["b", "success"], ["c", "error", "The application does not exist."]]);
  const both = applications.merge(first, second);
  assert.deepEqual(outcomes(both), ["a deleted stated", "b deleted stated", "c not-found stated"]);
  assert.equal(both.summary.total, 3);
  assert.deepEqual(applications.merge().items, []);
  assert.deepEqual(applications.merge(first).items, first.items);
});

test("what is gone stays gone", () => {
  const deleted = answer([["a", "success"]]);
  for (const later of [answer([["a", "error", "The application does not exist."]]), refused(500, ["a"]), refused(403, ["a"])]) {
    assert.deepEqual(outcomes(applications.merge(deleted, later)), ["a deleted stated"]);
  }
});

test("not found after nobody knew is deleted, as far as can be told", () => {
  const merged = applications.merge(refused(503, ["a"]), answer([["a", "error", "The application does not exist."]]));
  assert.deepEqual([outcomes(merged), merged.items[0].gone, merged.items[0].retry], [["a deleted inferred"], true, "never"]);
  // But not after a refusal, which has changed nothing.
  assert.deepEqual(outcomes(applications.merge(refused(429, ["a"]), answer([["a", "error", "The application does not exist."]]))), ["a not-found stated"]);
});

test("a refusal does not say what became of an attempt that nobody knows of", () => {
  for (const status of [400, 401, 403, 404, 409, 413, 429]) {
    const merged = applications.merge(refused(503, ["a"]), refused(status, ["a"]));
    const [item] = merged.items;
    const [{ code, retry }] = refused(status, ["a"]).items;
    assert.deepEqual([item.outcome, item.gone, item.code, item.retry], ["unknown", null, code, retry], String(status));
    const found = applications.merge(merged, answer([["a", "error", "The application does not exist."]]));
    assert.deepEqual([outcomes(found), found.items[0].gone], [["a deleted inferred"], true]);
  }
  // Of each item, an answer does say it; and so does whoever looked.
  assert.deepEqual(outcomes(applications.merge(refused(503, ["a"]), answer([["a", "error", "No permissions."]]))), ["a failed stated"]);
  const lost = refused(503, ["a", "b"]);
  assert.deepEqual(outcomes(applications.merge(lost, applications.settle(lost, ["a"]))), ["a failed inferred", "b deleted inferred"]);
  // One of several that stand or fall together: the others were refused beside it.
  const both = programs.call({ ...where["seismic-programs"], ids: ["x", "y"] });
  const missing = programs.interpret(both, { status: 404, body: { errors: [{ errorIdentifier: "Mock.ProgramNotFound", message: "Program not found: x" }] } });
  const merged = programs.merge(programs.interpret(both, { status: 502 }), missing);
  assert.deepEqual(merged.items.map((/** @type {any} */ { outcome, gone }) => [outcome, gone]), [["deleted", true], ["unknown", null]]);
});

test("what somebody looked for is newer than what was only concluded", () => {
  const listed = (/** @type {any} */ report) => report.items.map((/** @type {any} */ { outcome, gone }) => `${outcome} ${gone}`);
  // Nobody knew whether a 200 without a body had deleted it: it is listed still.
  const silent = tasks.interpret(tasks.call({ project_id: "p", ids: ["a"] }), { status: 200 });
  assert.deepEqual(listed(tasks.merge(silent, tasks.settle(silent, ["a"]))), ["failed false"]);
  // It was not in a list that was not whole, and a later answer says that it is there.
  const lost = refused(503, ["a"]);
  const settled = applications.settle(lost, []);
  assert.deepEqual(listed(applications.merge(settled, answer([["a", "error", "No permissions."]]))), ["failed false"]);
  assert.deepEqual(listed(applications.merge(settled, refused(403, ["a"]))), ["deleted true"]);
  // What is stated to be deleted is not there again because of an answer in words of its own.
  assert.deepEqual(listed(applications.merge(answer([["a", "success"]]), answer([["a", "error", "It was deleted."]]))), ["deleted true"]);
  // Of one that was not looked for, a refusal beside others that were says nothing.
  const again = applications.merge(refused(503, ["b"]), refused(429, ["a"]));
  const looked = applications.settle(again, ["b"]);
  assert.deepEqual(listed(looked), ["failed false", "failed false"]);
  assert.deepEqual(applications.merge(lost, looked).get("a")?.gone, null);
  assert.deepEqual(applications.merge(refused(503, ["b"]), applications.merge(looked)).get("b")?.gone, false);
});

test("a deletion that has failed after all, and one that was accepted anew, are the newer", async () => {
  const one = programs.call({ ...where["seismic-programs"], ids: ["a"] });
  const accepted = (/** @type {string} */ operation) => programs.interpret(one, { status: 200, body: { asyncOperationIds: [operation] } });
  const told = (/** @type {any} */ { items: [{ outcome, gone, operation }] }) => [outcome, gone, operation];
  const settled = programs.settle(accepted("1"), []);
  const failed = await programs.track(accepted("1"), { interval: 0, status: () => ({ failed: "A task is locked." }) });
  assert.deepEqual(told(programs.merge(settled, failed)), ["failed", false, "1"]);
  for (const before of [accepted("1"), settled, failed]) assert.deepEqual(told(programs.merge(before, accepted("2"))), ["accepted", true, "2"]);
  const done = await programs.track(accepted("1"), { interval: 0, status: () => "succeeded" });
  assert.deepEqual(told(programs.merge(done, accepted("1"))), ["deleted", true, "1"]);
  // Beside it stands what was refused, of which following has said nothing.
  const two = programs.merge(accepted("1"), programs.interpret(one.with(["b"]), { status: 429 }));
  const followed = await programs.track(two, { interval: 0, status: () => "succeeded" });
  const lost = programs.interpret(one.with(["b"]), { status: 502 });
  assert.equal(programs.merge(lost, followed).get("b")?.gone, null);
});

test("merging in one go, or one by one, comes to the same", () => {
  const reports = [answer([["a", "success"], ["b", "error", "No permissions."]]), refused(503, ["a", "b", "c"]), refused(403, ["c"]), answer([["c", "error", "The application does not exist."]])];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...reports), { minLength: 1, maxLength: 5 }), (some) => {
      const whole = applications.merge(...some);
      const stepwise = some.reduce((sum, next) => applications.merge(sum, next));
      assert.deepEqual(whole.items, stepwise.items);
      const { total, text, ...sums } = whole.summary;
      assert.equal(Object.values(sums).reduce((sum, count) => sum + count), total);
    }),
  );
});

test("what may be tried again is", () => {
  const report = answer([["a", "success"], ["b", "error", "No permissions."], ["c", "error", "The application is being deployed."]]);
  assert.deepEqual(report.items.map((/** @type {any} */ { retry }) => retry), ["never", "after-change", "now"]);
  assert.deepEqual(applications.retry(call, report)?.ids, ["c"]);
  assert.deepEqual(applications.retry(call, report, { when: "after-change" })?.ids, ["b", "c"]);
  assert.equal(applications.retry(call, answer([["a", "success"]])), null);
  const again = applications.retry(call, refused(500, ["a", "b", "c"]));
  assert.deepEqual([again?.ids, again?.toRequest().body], [["a", "b", "c"], call.toRequest().body]);
  const silent = tasks.interpret(tasks.call({ project_id: "p", ids: ["a"] }), { status: 200 });
  assert.equal(tasks.retry(tasks.call({ project_id: "p", ids: ["a"] }), silent), null);
});

test("only what a call names is tried again with it", () => {
  const other = applications.interpret(applications.call({ project_id: "another", ids: ["x", "b"] }), { status: 500 });
  const report = applications.merge(refused(500, ["a", "b", "c"]), other);
  assert.deepEqual(applications.retry(call, report)?.ids, ["a", "b", "c"]);
  const whole = refused(500, ["a", "b", "c"]);
  assert.deepEqual(applications.batches(call, { size: 2 }).map((/** @type {any} */ batch) => applications.retry(batch, whole)?.ids), [["a", "b"], ["c"]]);
  assert.equal(applications.retry(call.with(["z"]), whole), null);
  const model = models.call({ ...where["anaplan-models"], ids: ["Ab"] });
  const stored = models.interpret(models.call({ ...where["anaplan-models"], ids: ["aB"] }), { status: 500 });
  assert.deepEqual(models.retry(model, structuredClone(stored))?.ids.length, 1);
});

test("a report of ids that no number can hold is kept as JSON, and taken back", async () => {
  const big = 9_007_199_254_740_993n;
  const huge = experiences.call({ ids: [7, big] });
  const lost = experiences.interpret(huge, { status: 503 });
  const stored = JSON.parse(JSON.stringify(lost));
  assert.deepEqual(stored.items.map((/** @type {any} */ { id }) => id), [7, "9007199254740993"]);
  assert.deepEqual(stored, JSON.parse(JSON.stringify({ ...lost, items: stored.items })));
  const ids = (/** @type {any} */ { items }) => items.map((/** @type {any} */ { id }) => id);
  assert.deepEqual(experiences.retry(huge, stored)?.ids, [7, big]);
  assert.deepEqual(ids(experiences.merge(stored, lost)), [7, big]);
  assert.deepEqual(ids(experiences.merge(lost, stored)), [7, big]);
  assert.deepEqual(experiences.settle(stored, [big]).get(big)?.outcome, "failed");
  assert.deepEqual(ids(await experiences.track(stored, { status: () => "running" })), [7, big]);
  const accepted = experiences.merge({ ...stored, items: [{ ...stored.items[1], outcome: "accepted", operation: "o-1" }] });
  assert.deepEqual(JSON.parse(JSON.stringify(accepted)).operations, [{ operation: "o-1", id: "9007199254740993" }]);
  assert.deepEqual(accepted.operations, [{ operation: "o-1", id: big }]);
  // What was never an integer is left to whoever wrote it.
  assert.deepEqual(ids(experiences.merge({ ...stored, items: [{ ...stored.items[1], id: "a" }] })), ["a"]);
  // A text of digits stays one where ids may be text.
  assert.deepEqual(ids(applications.merge(JSON.parse(JSON.stringify(refused(503, ["9007199254740993"]))))), ["9007199254740993"]);
});

test("a request that somebody else made is tried again as they made it", () => {
  const parsed = programs.parse({ path: "/programs/v2/spaces/rkr83lapKkyCJuLLWqLqzB/programs", query: "ids=a,b&ids[]=c&deleteTasks=TRUE" });
  assert.deepEqual([parsed.violations, parsed.ids], [[], ["a", "b", "c"]]);
  const again = programs.retry(parsed, programs.interpret(parsed, { status: 500 }));
  assert.equal(again?.toRequest().url, "/programs/v2/spaces/rkr83lapKkyCJuLLWqLqzB/programs?ids=a&ids=b&ids=c&deleteTasks=TRUE");
  const inBody = applications.parse({ text: '{"application_ids":["a","a","b"],"project_id":"p"}' });
  assert.deepEqual(inBody.ids, ["a", "b"]);
  assert.deepEqual(JSON.parse(inBody.with(["b"]).toRequest().body), { application_ids: ["b"], project_id: "p" });
  const escaped = models.parse({ path: "/2/0/workspaces/a%2Fb/bulkDeleteModels", body: { modelIdsToDelete: ["x", "y"] } });
  assert.equal(escaped.with(["y"]).toRequest().url, "/2/0/workspaces/a%2Fb/bulkDeleteModels");
});

test("what a contract does not know of somebody else's request is sent with each part of it", async () => {
  // It may be what keeps things from being deleted.
  const known = programs.parse({ path: "/programs/v2/spaces/rkr83lapKkyCJuLLWqLqzB/programs", query: "dry%5Frun=1&ids=a,b&ids[]=c&deleteTasks=TRUE&x&ids%5B0%5D=d+e" });
  assert.deepEqual([known.violations, known.ids], [[], ["a", "b", "c", "d e"]]);
  assert.equal(known.with(["b"]).toRequest().url, "/programs/v2/spaces/rkr83lapKkyCJuLLWqLqzB/programs?ids=b&dry%5Frun=1&deleteTasks=TRUE&x");
  assert.equal(known.with(["b"]).with(["c"]).toRequest().url, "/programs/v2/spaces/rkr83lapKkyCJuLLWqLqzB/programs?ids=c&dry%5Frun=1&deleteTasks=TRUE&x");
  for (const body of ['{"dry_run":true,"application_ids":["a","b","a"],"project_id":"p","__proto__":{"x":[1.5,null]}}']) {
    /** @type {string[]} */
    const sent = [];
    for (const given of [{ text: body }, { bytes: new TextEncoder().encode(body) }, { body: JSON.parse(body) }]) {
      const parsed = applications.parse({ path: "/v2/applications/batch-delete", query: "?dry_run=1", headers: { "Content-Type": "application/json" }, ...given });
      await applications.submit(parsed, {
        size: 1,
        fetch: async (url, init) => {
          sent.push(`${url} ${init.body}`);
          return new Response("");
        },
      });
    }
    const part = (/** @type {string} */ id) => `/v2/applications/batch-delete?dry_run=1 {"dry_run":true,"application_ids":["${id}"],"project_id":"p","__proto__":{"x":[1.5,null]}}`;
    assert.deepEqual(sent, [part("a"), part("b"), part("a"), part("b"), part("a"), part("b")]);
  }
});

test("batches are within the contract's bound, without duplicates, in order", () => {
  const ids = many(120).ids;
  assert.deepEqual(applications.batches(many(120)).map((/** @type {any} */ batch) => batch.ids.length), [50, 50, 20]);
  assert.deepEqual(applications.batches(many(120)).flatMap((/** @type {any} */ batch) => batch.ids), ids);
  assert.deepEqual(applications.batches(many(5), { size: 2 }).map((/** @type {any} */ batch) => batch.ids.length), [2, 2, 1]);
  assert.deepEqual(applications.batches(many(5), { size: 2.9 }).map((/** @type {any} */ batch) => batch.ids.length), [2, 2, 1]);
  assert.equal(applications.batches(many(50), { size: 1000 }).length, 1);
  for (const batch of applications.batches(many(51))) assert.deepEqual(batch.violations, []);
  const twice = models.call({ ...where["anaplan-models"], ids: ["a", "A", "b", "a"] });
  assert.deepEqual(models.batches(twice, { size: 1 }).map((/** @type {any} */ batch) => batch.ids), [["a"], ["b"]]);
  for (const size of [0, -1, NaN, "x"]) assert.throws(() => applications.batches(many(5), { size }), TypeError);
  assert.deepEqual(tasks.batches(tasks.parse({ body: {} })).length, 1);
});

test("no batch has fewer ids than a request must name, where they can be shared out", async () => {
  const { openapi, policy } = documents("codearts-applications");
  const text = openapi.replace(/"minItems": 1,(\s*)"maxItems": 50/, '"minItems": 3,$1"maxItems": 4');
  assert.notEqual(text, openapi);
  const contract = await load({ openapi: text, policy });
  const sizes = (/** @type {number} */ count, /** @type {object} */ options) =>
    contract.batches(contract.call({ ...where["codearts-applications"], ids: many(count).ids }), options).map(({ ids }) => ids.length);
  for (const [count, expected] of /** @type {[number, number[]][]} */ ([
    [4, [4]],
    [6, [3, 3]],
    [7, [4, 3]],
    [9, [3, 3, 3]],
    [10, [3, 3, 4]],
    [11, [4, 4, 3]],
    [2, [2]],
  ])) {
    assert.deepEqual(sizes(count, {}), expected);
  }
  const call = contract.call({ ...where["codearts-applications"], ids: many(9).ids });
  assert.deepEqual(contract.batches(call).flatMap(({ ids }) => ids), call.ids);
  // Here they cannot.
  assert.deepEqual(contract.batches(contract.call({ ...where["codearts-applications"], ids: many(5).ids })).flatMap(({ violations }) => told(violations)), [
    "/body/application_ids minItems",
  ]);
});

test("no part of what is wrong is right", () => {
  const project = where["codearts-applications"];
  for (const [contract, given] of /** @type {[any, object][]} */ ([
    [programs, { ...where["seismic-programs"], ids: ["a,b", "c"] }],
    [programs, { ...where["seismic-programs"], ids: ["", "c"] }],
    [experiences, { ids: [1, 2 ** 60] }],
    [applications, { ...project, ids: [...many(60).ids, 5] }],
    [applications, { project_id: 5, ids: many(60).ids }],
  ])) {
    const batches = contract.batches(contract.call(given));
    assert.equal(batches.length, 1);
    assert.notDeepEqual(told(batches[0].violations), []);
  }
});

test("accepted operations are followed to their end", async () => {
  const asked = programs.call({ ...where["seismic-programs"], ids: ["a", "b", "c"] });
  const accepted = programs.interpret(asked, { status: 200, body: { asyncOperationIds: ["1", "2", "3"] } });
  /** @type {Record<string, any[]>} */
  const ways = { 1: ["succeeded"], 2: ["running", new Error("offline"), { failed: "A task is locked." }], 3: ["running", "running", "running", "succeeded"] };
  /** @type {string[]} */
  const seen = [];
  const report = await programs.track(accepted, {
    interval: 1,
    status: async (/** @type {string} */ operation, /** @type {unknown} */ id) => {
      assert.equal(typeof id, "string");
      const next = ways[operation].shift();
      if (next instanceof Error) throw next;
      return next;
    },
    onProgress: (/** @type {any} */ { summary }) => {
      seen.push(summary.text);
      throw new Error("a listener's mistake");
    },
  }).catch((/** @type {Error} */ error) => assert.fail(error));
  assert.deepEqual(outcomes(report), ["a deleted stated", "b failed stated", "c deleted stated"]);
  assert.deepEqual([report.get("b")?.reason, report.get("b")?.gone, report.get("b")?.retry], ["A task is locked.", false, "now"]);
  assert.deepEqual(seen, ["1 deleted, 2 being deleted.", "1 deleted, 2 being deleted.", "1 deleted, 1 being deleted, 1 not deleted.", "2 deleted, 1 not deleted."]);
  await assert.rejects(programs.track(accepted, { status: "succeeded" }), TypeError);
});

test("following ends when it is called off", async () => {
  const accepted = programs.interpret(programs.call({ ...where["seismic-programs"], ids: ["a"] }), { status: 200, body: { asyncOperationIds: ["1"] } });
  const off = new AbortController();
  const report = await programs.track(accepted, { interval: 60_000, signal: off.signal, status: () => "running", onProgress: () => off.abort() });
  assert.deepEqual(outcomes(report), ["a accepted inferred"].map((text) => text.replace("inferred", accepted.items[0].evidence)));
});

test("a fresh listing settles what nobody knew", () => {
  const unknown = refused(500, ["a", "b"]);
  const settled = applications.settle(applications.merge(unknown, answer([["c", "error", "No permissions."]])), ["b", "c"]);
  assert.deepEqual(outcomes(settled), ["a deleted inferred", "b failed inferred", "c failed stated"]);
  assert.deepEqual([settled.get("b")?.retry, settled.get("b")?.gone], ["now", false]);
  // Why nobody knew tells still why it is there, and not why it is gone.
  assert.equal(unknown.get("a")?.code, settled.get("b")?.code);
  assert.ok(!("code" in settled.get("a")) && !("reason" in settled.get("a")));
  const seismic = programs.interpret(programs.call({ ...where["seismic-programs"], ids: ["a", "b"] }), { status: 200, body: { asyncOperationIds: ["1", "2"] } });
  assert.deepEqual(programs.settle(seismic, new Set(["b"])).items.map((/** @type {any} */ { outcome }) => outcome), ["deleted", "accepted"]);
  assert.deepEqual(applications.settle(unknown, []).summary.deleted, 2);
});

test("what is listed in other letters, or as text, is there", () => {
  const model = models.interpret(models.call({ ...where["anaplan-models"], ids: ["abc"] }), { status: 500 });
  assert.equal(models.settle(model, ["ABC"]).items[0].gone, false);
  const experience = experiences.interpret(experiences.call({ ids: [7, 8n] }), { status: 500 });
  assert.deepEqual(experiences.settle(experience, ["7", 8]).items.map((/** @type {any} */ { gone }) => gone), [false, false]);
});

test("reports do not change", () => {
  const report = answer([["a", "success"]]);
  assert.throws(() => (report.items[0].outcome = "failed"), TypeError);
  assert.throws(() => report.items.push({}), TypeError);
  assert.throws(() => (report.summary.total = 5), TypeError);
});
