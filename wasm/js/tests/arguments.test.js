/** Arguments of the wrong kind are told by their names, before anything is done; what can be understood is. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { listed, load } from "../src/node.js";
import { documents } from "./corpus/files.js";
import { applications, experiences, many, models, programs, tasks, where } from "./support/contracts.js";
import { Scripted, status } from "./support/scripted.js";

const call = models.call({ ...where["anaplan-models"], ids: ["a"] });
const report = models.interpret(call, { status: 500 });
const boom = () => {
  throw new Error("boom");
};

test("an argument of the wrong kind is named", async () => {
  /** @type {[name: string, use: () => unknown][]} */
  const wrong = [
    ["options", () => models.batches(call, 5)],
    ["options", () => models.retry(call, report, "now")],
    ["when", () => models.retry(call, report, { when: "later" })],
    ["report", () => models.retry(call, undefined)],
    ["report", () => models.retry(call, { items: [{ id: "a" }] })],
    ["reports[1]", () => models.merge(report, [report])],
    ["report", () => models.settle(undefined, [])],
    ["listedIds", () => models.settle(report, undefined)],
    ["knowledge", () => models.forecast(call, 5)],
    ["caller", () => models.forecast(call, { caller: { get roles() { return boom(); } } })],
    ["headers", () => models.interpret(call, { status: 429, headers: { get "Retry-After"() { return boom(); } } })],
    ["body", () => models.interpret(call, { status: 200, body: Response.json({}).json() })],
    ["body", () => models.interpret(call, { status: 200, body: new Blob(["{}"]) })],
    ["body", () => models.interpret(call, { status: 200, body: new Blob(["{}"]).stream() })],
    ["baseUrl", () => call.toRequest({})],
    ["baseUrl", () => call.toRequest(null)],
    ["rows", () => listed(/** @type {any} */ (5))],
    ["rows", () => listed(/** @type {any} */ ([null]))],
    ["idOf", () => listed([{ id: 1 }], /** @type {any} */ ("id"))],
    ["options", () => load({ openapi: {}, policy: {} }, /** @type {any} */ ("x"))],
    ["messages.type", () => load({ openapi: {}, policy: {} }, /** @type {any} */ ({ messages: { type: 5 } }))],
    ["response", () => models.read(call, undefined)],
    ["response", () => models.read(call, { status: 200, headers: {}, body: {} })],
    ["status", () => models.track(report, undefined)],
    ["report", () => models.track(undefined, { status: boom })],
    ["interval", () => models.track(report, { status: boom, interval: NaN })],
    ...["fetch", "onProgress", "backoff", "signal", "baseUrl"].map((name) => /** @type {[string, () => unknown]} */ ([name, () => models.submit(call, { [name]: 5 })])),
    ["retries", () => models.submit(call, { retries: NaN })],
    ["retries", () => models.submit(call, { retries: "2" })],
  ];
  for (const [name, use] of wrong) {
    await assert.rejects(async () => use(), (/** @type {any} */ error) => error instanceof TypeError && error.message.startsWith(`${name}: `), `${name}: ${use}`);
  }
});

test("a response that was read already is no lost connection", async () => {
  const response = Response.json({});
  await response.text();
  await assert.rejects(models.read(call, response), /^TypeError: response: its body was read already/);
});

test("a list of anything but ids does not settle that all is gone", () => {
  for (const listedIds of ["a", [{ id: "a" }], [undefined], new Map([["a", {}]])]) {
    assert.throws(() => models.settle(report, listedIds), /^TypeError: listedIds: /);
  }
});

test("a call is its contract's, also of the same contract loaded again", async () => {
  const foreign = experiences.call({ ids: [1] });
  for (const use of ["forecast", "batches"]) assert.throws(() => models[use](foreign), /^TypeError: call: it is another contract/);
  assert.throws(() => models.interpret(foreign, { status: 200 }), /^TypeError: call: /);
  assert.throws(() => models.retry(foreign, report), /^TypeError: call: /);
  await assert.rejects(models.submit(foreign), /^TypeError: call: /);
  const again = await load({ name: "models", ...documents("anaplan-models") });
  assert.equal(again.interpret(call, { status: 403 }).items[0].code, "forbidden");
});

test("messages of a page's own are texts, or ours stay", async () => {
  const of = async (/** @type {any} */ messages) => (await load(documents("anaplan-models"), { messages })).call({ workspaceId: "w", ids: /** @type {any} */ (5) }).violations[0].message;
  assert.equal(await of({ type: () => undefined }), "must be an array, is an integer");
  assert.equal(await of({ type: "a list, please" }), "a list, please");
  await assert.rejects(of({ type: boom }), /^TypeError: messages.type: it failed: boom/);
  await assert.rejects(of({ type: () => 5 }), /^TypeError: messages.type: /);
});

test("a call does not change with the bytes it was made from, or with those it gives out", () => {
  const bytes = Buffer.from('{"modelIdsToDelete":["aaa"]}');
  const parsed = models.parse({ path: "/2/0/workspaces/w/bulkDeleteModels", bytes });
  bytes.fill(66);
  parsed.toRequest().body.fill(67);
  assert.deepEqual(parsed.ids, ["aaa"]);
  assert.equal(Buffer.from(parsed.toRequest().body).toString(), '{"modelIdsToDelete":["aaa"]}');
});

test("a list with more holes than a computer has room for is told as one", () => {
  const ids = ["a"];
  ids.length = 2 ** 32 - 1;
  for (const [contract, made] of /** @type {[string, any][]} */ ([["anaplan-models", models], ["seismic-programs", programs]])) {
    assert.ok(made.call({ ...where[contract], ids }).violations.length > 0);
  }
});

test("a number and a BigInt are one id", () => {
  const [one, other] = [experiences.call({ ids: [7n] }), experiences.call({ ids: [7] })];
  const caller = { authenticated: true, id: 1 };
  assert.equal(experiences.forecast(one, { caller, facts: listed([{ id: 7, owner: 1, attributes: {} }]) }).get(7)?.verdict, "allow");
  const gone = experiences.interpret(other, { status: 200, body: { deleted_count: 0, deleted_ids: [], not_found_ids: [7], message: "" } });
  const merged = experiences.merge(experiences.interpret(one, { status: 503 }), gone);
  assert.deepEqual(merged.items.map(({ id, outcome, gone: isGone }) => [id, outcome, isGone]), [[7n, "deleted", true]]);
});

test("ids that the contract takes for the same are one in a merged report", () => {
  const body = { status: { code: 200 }, modelsDeleted: 0, bulkDeleteModelsFailures: [{ modelId: "A", message: "Model ID does not exist." }] };
  const merged = models.merge(report, models.interpret(models.call({ ...where["anaplan-models"], ids: ["A"] }), { status: 200, body }));
  assert.deepEqual(merged.items.map(({ id, outcome }) => [id, outcome]), [["a", "deleted"]]);
});

test("a report is one also without its class, as it comes from a worker", () => {
  const plain = structuredClone({ ...report });
  assert.deepEqual(models.retry(call, plain)?.ids, ["a"]);
  assert.equal(models.settle(plain, []).get("A")?.gone, true);
  assert.equal(models.merge(plain, plain).items.length, 1);
});

test("an operation that failed in the end is not under way any more, also when it is merged", async () => {
  const accepted = programs.call({ ...where["seismic-programs"], ids: ["p"] });
  const sent = programs.interpret(accepted, { status: 200, body: { asyncOperationIds: ["o"] } });
  const followed = await programs.track(sent, { status: () => ({ failed: "locked" }) });
  assert.deepEqual(programs.merge(sent, followed).items.map(({ outcome, gone }) => [outcome, gone]), [["failed", false]]);
});

test("called off while credentials are asked for, nothing was sent", async () => {
  for (const headers of [async () => ({}), () => new Promise(() => {})]) {
    const controller = new AbortController();
    const server = new Scripted();
    const sent = applications.submit(many(2), { fetch: server.fetch, signal: controller.signal, headers });
    controller.abort();
    const { ended, summary } = await sent;
    assert.deepEqual([ended, summary.notSent, server.asked.length], ["aborted", 2, 0]);
  }
});

test("called off, it ends also where nobody heeds the signal", async () => {
  const never = new Promise(() => {});
  for (const fetch of [() => never, async () => ({ status: 200, headers: new Headers(), arrayBuffer: () => never })]) {
    const controller = new AbortController();
    const sent = applications.submit(many(2), { fetch, signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    const { ended, summary } = await sent;
    assert.deepEqual([ended, summary.unknown], ["aborted", 2]);
  }
  const accepted = programs.call({ ...where["seismic-programs"], ids: ["p"] });
  const signal = AbortSignal.timeout(5);
  const kept = setTimeout(() => {}, 1000);
  const followed = await programs.track(programs.interpret(accepted, { status: 200, body: { asyncOperationIds: ["o"] } }), { status: () => never, signal });
  clearTimeout(kept);
  assert.equal(followed.items[0].outcome, "accepted");
});

test("401 ends also what waits for another attempt", async () => {
  const server = new Scripted([status(503, { "retry-after": "50" }), status(401)]);
  const sent = await applications.submit(many(100), { fetch: server.fetch, concurrency: 2 });
  assert.deepEqual([sent.ended, sent.summary.unknown, sent.summary.failed, server.asked.length], ["unauthorized", 50, 50, 2]);
});

test("a backoff that throws, or gives no number, is not heeded", async () => {
  for (const backoff of [boom, () => NaN]) {
    const server = new Scripted([status(503)]);
    const sent = await applications.submit(many(1), { fetch: server.fetch, backoff });
    assert.deepEqual([sent.ended, sent.summary.deleted, server.asked.length], ["complete", 1, 2]);
  }
});

test("what is no address was never sent to", async () => {
  const sent = await models.submit(call, { baseUrl: "nowhere" });
  assert.deepEqual([sent.ended, sent.items[0].outcome, sent.items[0].gone], ["network", "not-sent", false]);
});

test("what is surely gone is not told as unknown", () => {
  const asked = tasks.call({ ...where["workspace-scheduled-tasks"], ids: ["a", "b"] });
  assert.deepEqual([tasks.interpret(asked, { status: 200 }).summary.text, tasks.interpret(asked, { status: 500 }).summary.text], ["2 gone.", "2 unknown."]);
});

test("half a character is found in a long text, and soon", () => {
  const begun = performance.now();
  const text = `{"modelIdsToDelete":["${"ä".repeat(4_000_000)}\ud83d\ude00\ud800\udbffx"]}`;
  const [{ rule, message }] = models.parse({ path: "/2/0/workspaces/w/bulkDeleteModels", text }).violations;
  assert.deepEqual([rule, message], ["json", "bytes are not UTF-8 at line 1, column 4000024"]);
  assert.ok(performance.now() - begun < 5000);
});
