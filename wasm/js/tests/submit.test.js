/** Sending: in parts, again, and to an end of whatever kind; nothing is sent that was not asked for. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { InvalidCallError } from "../src/node.js";
import { applications, many, programs, tasks, where } from "./support/contracts.js";
import { Scripted, missing, status, success } from "./support/scripted.js";

const FAST = { baseUrl: "https://example.com", backoff: () => 1 };
/** @param {any} call @param {Scripted} server @param {object} [options] */
const submit = (call, server, options) => applications.submit(call, { ...FAST, fetch: server.fetch, ...options });
/** @param {any} report */
const sums = ({ ended, summary: { deleted, notFound, failed, notSent, unknown } }) => ({ ended, deleted, notFound, failed, notSent, unknown });
const NONE = { deleted: 0, notFound: 0, failed: 0, notSent: 0, unknown: 0 };

test("one request at a time, of as many ids as the contract allows", async () => {
  const server = new Scripted([], { delay: 2 });
  const call = many(120);
  const report = await submit(call, server);
  assert.deepEqual(sums(report), { ...NONE, ended: "complete", deleted: 120 });
  assert.deepEqual(server.asked.map(({ ids }) => ids.length), [50, 50, 20]);
  assert.deepEqual(server.asked.flatMap(({ ids }) => ids), call.ids);
  assert.deepEqual(report.items.map((/** @type {any} */ { id }) => id), call.ids);
  assert.equal(server.most, 1);
  assert.equal(server.asked[0].url, "https://example.com/v2/applications/batch-delete");
  assert.equal(server.asked[0].headers["content-type"], "application/json");
});

test("no more at once than was said, and never none", async () => {
  for (const [concurrency, most] of /** @type {[any, number][]} */ ([[2, 2], [3, 3], [100, 6], [2.9, 2], [0, 1], [-1, 1], [NaN, 1], ["x", 1], [Infinity, 6], [null, 1]])) {
    const server = new Scripted([], { delay: 5 });
    const report = await submit(many(300), server, { concurrency });
    assert.deepEqual([server.most, server.asked.length, report.summary.deleted], [most, 6, 300], String(concurrency));
  }
});

test("duplicates are sent once", async () => {
  const server = new Scripted();
  const call = applications.call({ ...where["codearts-applications"], ids: ["a", "b", "a", "b", "a"] });
  const report = await submit(call, server);
  assert.deepEqual([server.asked.map(({ ids }) => ids), report.items.length], [[["a", "b"]], 2]);
});

test("progress is told after each request", async () => {
  /** @type {any[]} */
  const told = [];
  await submit(many(120), new Scripted(), { onProgress: (/** @type {any} */ { done, total, report }) => told.push([done, total, report.summary.deleted, report.summary.notSent]) });
  assert.deepEqual(told, [[50, 120, 50, 70], [100, 120, 100, 20], [120, 120, 120, 0]]);
  const report = await submit(many(2), new Scripted(), { onProgress: () => { throw new Error("a listener's mistake"); } });
  assert.deepEqual(sums(report), { ...NONE, ended: "complete", deleted: 2 });
  // A test that is left with an unhandled rejection fails.
  const later = await submit(many(2), new Scripted(), { onProgress: async () => { throw new Error("a listener's mistake"); } });
  assert.equal(later.summary.deleted, 2);
});

test("what is on its way while another part is answered is not told as not sent", async () => {
  /** @type {any[]} */
  const told = [];
  const slow = async (/** @type {any} */ asked) => (await sleep(20), success(asked));
  const onProgress = (/** @type {any} */ { done, report: { summary } }) => told.push([done, summary.deleted, summary.unknown, summary.notSent]);
  await submit(many(120), new Scripted([slow, success]), { concurrency: 2, size: 40, onProgress });
  assert.deepEqual(told[0], [40, 40, 40, 40]);
  assert.deepEqual(told.at(-1), [120, 120, 0, 0]);
});

test("nothing is sent of a call that breaks the contract", async () => {
  const project = where["codearts-applications"];
  for (const call of [
    applications.call({ ...project, ids: [] }),
    applications.call({ ...project, ids: ["a", 5] }),
    applications.call({ ...project, ids: [...many(60).ids, null] }),
    applications.call({ project_id: 5, ids: many(60).ids }),
    applications.call({ ids: ["a"] }),
    applications.parse({ text: '{"application_ids":["a"],"application_ids":["b"],"project_id":"p"}' }),
    applications.parse({ body: { application_ids: ["a", undefined], project_id: "p" } }),
  ]) {
    const server = new Scripted();
    await assert.rejects(submit(call, server), (/** @type {any} */ error) => {
      assert.ok(error instanceof InvalidCallError);
      assert.equal(error.name, "InvalidCallError");
      assert.ok(error.violations.length > 0);
      return true;
    });
    assert.equal(server.asked.length, 0);
  }
  for (const ids of [["a,b"], ["", "a"], ["a", "\ud800"], [2 ** 60, "a"]]) {
    const call = programs.call({ ...where["seismic-programs"], ids });
    await assert.rejects(programs.submit(call, { ...FAST, fetch: () => assert.fail("it was sent") }), InvalidCallError);
  }
  await assert.rejects(submit(many(2), new Scripted(), { size: 0 }), TypeError);
});

test("more ids than one request may name are no violation of it", async () => {
  const server = new Scripted();
  assert.deepEqual(sums(await submit(many(51), server)), { ...NONE, ended: "complete", deleted: 51 });
  assert.deepEqual(server.asked.map(({ ids }) => ids.length), [50, 1]);
});

test("a request that names nothing may be one", async () => {
  let asked = 0;
  const report = await tasks.submit(tasks.parse({ path: "/v2/p/scheduled-tasks/batch-delete", body: {} }), {
    ...FAST,
    fetch: async () => {
      asked += 1;
      return new Response("");
    },
  });
  assert.deepEqual([asked, report.items, report.ended], [1, [], "complete"]);
});

test("429 is waited for as long as the server says, and given up at last", async () => {
  const server = new Scripted([status(429, { "retry-after": "0" }), status(429)]);
  assert.deepEqual(sums(await submit(many(60), server)), { ...NONE, ended: "complete", deleted: 60 });
  assert.equal(server.asked.length, 4);

  const begun = performance.now();
  const waited = new Scripted([status(429, { "retry-after": "1" })]);
  await submit(many(1), waited, { backoff: () => assert.fail("the server said how long") });
  assert.ok(performance.now() - begun >= 950);

  const never = new Scripted(Array.from({ length: 9 }, () => status(429)));
  assert.deepEqual(sums(await submit(many(60), never)), { ...NONE, ended: "rate-limited", failed: 50, notSent: 10 });
  assert.equal(never.asked.length, 3);

  const tomorrow = new Scripted([status(429, { "retry-after": "86400" })]);
  const report = await submit(many(60), tomorrow);
  assert.deepEqual([sums(report), tomorrow.asked.length], [{ ...NONE, ended: "rate-limited", failed: 50, notSent: 10 }, 1]);
  assert.deepEqual([report.items[0].retry, report.items[59].retry], ["now", "now"]);
});

test("how long the server wants to be left alone, and what it answered, is told also where the rest was not sent", async () => {
  const tomorrow = await submit(many(120), new Scripted([success, status(429, { "retry-after": "86400" })]));
  assert.deepEqual([tomorrow.ended, tomorrow.wait, tomorrow.answer], ["rate-limited", 86_400, "too-many"]);
  const unauthorized = await submit(many(60), new Scripted([status(403)]));
  assert.deepEqual([unauthorized.wait, unauthorized.answer], [null, "forbidden"]);
  // Whichever of them is answered last.
  const answers = [status(429, { "retry-after": "61" }), async () => (await sleep(20), status(429, { "retry-after": "99" })), success];
  const three = await submit(many(150), new Scripted(answers), { concurrency: 3 });
  assert.deepEqual([three.ended, three.wait], ["rate-limited", 99]);
  // It was waited for, and nothing is wanted any more.
  const waited = await submit(many(60), new Scripted([status(429, { "retry-after": "0" })]));
  assert.deepEqual([waited.ended, waited.wait, waited.answer], ["complete", null, "done"]);
});

test("a page may wait longer than a server may want it to", async () => {
  const off = new AbortController();
  const server = new Scripted([status(503)]);
  const sent = submit(many(1), server, { backoff: () => 61_000, signal: off.signal });
  await sleep(30);
  off.abort();
  assert.deepEqual([(await sent).ended, server.asked.length], ["aborted", 1]);
});

test("503 and then a success is a success, and what was deleted the first time is found out", async () => {
  assert.deepEqual(sums(await submit(many(2), new Scripted([status(503)]))), { ...NONE, ended: "complete", deleted: 2 });
  const report = await submit(many(2), new Scripted([status(502), missing]));
  assert.deepEqual(sums(report), { ...NONE, ended: "complete", deleted: 2 });
  assert.deepEqual([report.items[0].evidence, report.items[0].gone], ["inferred", true]);
});

test("a server that fails to the end leaves it open, and the rest is still sent", async () => {
  const server = new Scripted(Array.from({ length: 3 }, () => status(500)));
  assert.deepEqual(sums(await submit(many(60), server)), { ...NONE, ended: "complete", unknown: 50, deleted: 10 });
  assert.deepEqual(server.asked.map(({ ids }) => ids.length), [50, 50, 50, 10]);
  const once = new Scripted(Array.from({ length: 3 }, () => status(500)));
  await submit(many(1), once, { retries: 0 });
  assert.equal(once.asked.length, 1);
});

test("a connection that is lost leaves open what was on it", async () => {
  const server = new Scripted([success, new TypeError("Failed to fetch")]);
  const report = await submit(many(150), server);
  assert.deepEqual(sums(report), { ...NONE, ended: "network", deleted: 50, unknown: 50, notSent: 50 });
  assert.deepEqual([report.items[50].gone, report.items[50].reason, report.items[50].retry], [null, "Failed to fetch", "now"]);
  assert.deepEqual([report.items[100].gone, report.items[100].outcome, report.items[100].retry], [false, "not-sent", "now"]);

  const again = await submit(applications.retry(many(150), report), new Scripted([missing, success]));
  const merged = applications.merge(report, again);
  assert.equal(merged.summary.text, "150 deleted.");
  assert.equal(merged.get("app-50")?.evidence, "inferred");
});

test("an answer that breaks off leaves open what it would have said", async () => {
  const broken = () =>
    new Response(new ReadableStream({ start: (controller) => controller.error(new Error("reset")) }), { status: 200 });
  assert.deepEqual(sums(await submit(many(60), new Scripted([broken]))), { ...NONE, ended: "network", unknown: 50, notSent: 10 });
  // That nothing came of a body does not make it an answer that has none.
  const cut = await tasks.submit(tasks.call({ ...where["workspace-scheduled-tasks"], ids: ["a"] }), { fetch: async () => broken() });
  assert.deepEqual(cut.items.map(({ outcome, gone }) => [outcome, gone]), [["unknown", null]]);
});

test("what is led to where nothing can be was sent", async (t) => {
  const server = createServer((request, response) => void request.resume().on("end", () => response.writeHead(303, { Location: "http://[" }).end()));
  t.after(() => server.close());
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const report = await applications.submit(many(1), { baseUrl: `http://127.0.0.1:${port}` });
  assert.deepEqual(sums(report), { ...NONE, ended: "network", unknown: 1 });
  for (const baseUrl of ["http://[", "nowhere"]) {
    assert.deepEqual(sums(await applications.submit(many(1), { baseUrl })), { ...NONE, ended: "network", notSent: 1 }, baseUrl);
  }
});

test("401 and 403 end it", async () => {
  for (const code of [401, 403]) {
    const server = new Scripted([success, status(code)]);
    assert.deepEqual(sums(await submit(many(150), server)), { ...NONE, ended: "unauthorized", deleted: 50, failed: 50, notSent: 50 });
    assert.equal(server.asked.length, 2);
  }
});

test("another refusal ends nothing", async () => {
  assert.deepEqual(sums(await submit(many(60), new Scripted([status(404)]))), { ...NONE, ended: "complete", failed: 50, deleted: 10 });
});

test("headers are asked for before each attempt", async () => {
  const server = new Scripted([status(503)]);
  let asked = 0;
  await submit(many(60), server, {
    headers: async () => {
      asked += 1;
      await sleep(1);
      return { "X-Auth-Token": `token-${asked}` };
    },
  });
  assert.deepEqual(server.asked.map(({ headers }) => headers["x-auth-token"]), ["token-1", "token-2", "token-3"]);
  for (const headers of [{ "X-A": "1" }, [["X-A", "1"]], new Headers({ "X-A": "1" }), () => new Headers({ "X-A": "1" })]) {
    const plain = new Scripted();
    await submit(many(1), plain, { headers });
    assert.equal(plain.asked[0].headers["x-a"], "1");
  }
});

test("without credentials nothing is sent", async () => {
  for (const headers of [() => { throw new Error("logged out"); }, async () => { throw new Error("logged out"); }, { "not a name": "x" }, () => ({ a: "\n\0" })]) {
    const server = new Scripted();
    const report = await submit(many(60), server, { headers });
    assert.deepEqual([sums(report), server.asked.length], [{ ...NONE, ended: "unauthorized", notSent: 60 }, 0]);
    assert.match(report.items[0].reason ?? "", /^no credentials: /);
  }
  const report = await submit(many(60), new Scripted([success]), { headers: (() => { let times = 0; return () => { times += 1; if (times > 1) throw new Error("expired"); return {}; }; })() });
  assert.deepEqual(sums(report), { ...NONE, ended: "unauthorized", deleted: 50, notSent: 10 });
});

test("what is called off before it began is not sent", async () => {
  const server = new Scripted();
  assert.deepEqual(sums(await submit(many(60), server, { signal: AbortSignal.abort() })), { ...NONE, ended: "aborted", notSent: 60 });
  assert.equal(server.asked.length, 0);
});

test("what is called off on its way is open", async () => {
  const off = new AbortController();
  const server = new Scripted([], { delay: 30 });
  const report = submit(many(150), server, { signal: off.signal, onProgress: () => setTimeout(() => off.abort(), 5) });
  assert.deepEqual(sums(await report), { ...NONE, ended: "aborted", deleted: 50, unknown: 50, notSent: 50 });
  assert.equal(server.asked[1].signal, off.signal);
});

test("what is called off while it waits is not tried again", async () => {
  const off = new AbortController();
  const server = new Scripted([status(503, { "retry-after": "50" })]);
  setTimeout(() => off.abort(), 20);
  const begun = performance.now();
  assert.deepEqual(sums(await submit(many(60), server, { signal: off.signal })), { ...NONE, ended: "aborted", unknown: 50, notSent: 10 });
  assert.ok(performance.now() - begun < 5000);
});

test("what is called off in the middle of an answer is open", async () => {
  const off = new AbortController();
  const half = (/** @type {any} */ { signal }) =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"result":['));
          signal.addEventListener("abort", () => controller.error(signal.reason));
        },
      }),
    );
  setTimeout(() => off.abort(), 20);
  const report = await submit(many(1), new Scripted([half]), { signal: off.signal });
  assert.deepEqual(sums(report), { ...NONE, ended: "aborted", unknown: 1 });
});

test("without a fetch of one's own, the platform's is used", async (t) => {
  const server = new Scripted();
  t.mock.method(globalThis, "fetch", server.fetch);
  const report = await applications.submit(many(1), { baseUrl: "https://example.com" });
  assert.deepEqual([report.summary.deleted, server.asked.length], [1, 1]);
});
