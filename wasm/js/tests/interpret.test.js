/** Reading answers: each contract's own, and what proxies, gateways and lost connections make of them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { waitOf } from "../src/wait.js";
import { applications, contracts, experiences, models, programs, tasks, where } from "./support/contracts.js";
import { STRANGE, says } from "./support/strange.js";

/** @param {any} contract @param {unknown[]} ids @param {any} response */
function read(contract, ids, response) {
  return contract.interpret(contract.call({ ...where[contract.name], ids }), response);
}

/** @param {any} report */
function rows(report) {
  return report.items.map((/** @type {any} */ { id, outcome, gone }) => [id, outcome, gone]);
}

test("each contract's answer is read item by item", () => {
  const anaplan = read(models, ["a", "b", "c"], {
    status: 200,
    body: {
      modelsDeleted: 1,
      bulkDeleteModelsFailures: [
        { modelId: "b", message: "Model is open. Please close the model before trying again." },
        { modelId: "c", message: "Model ID does not exist." },
      ],
    },
  });
  assert.deepEqual(rows(anaplan), [["a", "deleted", true], ["b", "failed", false], ["c", "not-found", true]]);
  assert.deepEqual(anaplan.items.map((/** @type {any} */ { evidence, retry, code }) => [evidence, retry, code]), [
    ["inferred", "never", "deleted"],
    ["stated", "after-change", "open"],
    ["stated", "never", "unknown"],
  ]);
  assert.equal(anaplan.summary.text, "1 deleted, 1 not found, 1 not deleted.");
  assert.deepEqual([anaplan.answer, anaplan.contradictions, anaplan.wait], ["done", [], null]);
  assert.equal(anaplan.get("b")?.reason, "Model is open. Please close the model before trying again.");

  const codearts = read(applications, ["a", "b"], {
    status: 200,
    body: { result: [{ application_id: "a", error_reason: "", status: "success" }, { application_id: "b", error_reason: "No permissions.", status: "error" }], total_num: 2 },
  });
  assert.deepEqual(rows(codearts), [["a", "deleted", true], ["b", "failed", false]]);

  const aisquare = read(experiences, [1, 2n ** 70n, 3], {
    status: 200,
    text: '{"deleted_count":2,"deleted_ids":[1,1180591620717411303424],"not_found_ids":[3],"message":"","cleanup_warnings":["one was left"]}',
  });
  assert.deepEqual(rows(aisquare), [[1, "deleted", true], [2n ** 70n, "deleted", true], [3, "not-found", true]]);
  assert.deepEqual(aisquare.warnings, ["one was left"]);

  const seismic = read(programs, ["a", "b"], { status: 200, body: { asyncOperationIds: ["op-1", "op-2"] } });
  assert.deepEqual(rows(seismic), [["a", "accepted", true], ["b", "accepted", true]]);
  assert.equal(seismic.operations.length, 2);

  const workspace = read(tasks, ["a"], { status: 200 });
  assert.deepEqual(rows(workspace), [["a", "unknown", true]]);
  assert.equal(workspace.items[0].code, undefined);
});

test("a refusal has changed nothing, and a failure of the server may have", () => {
  for (const [name, contract] of Object.entries(contracts)) {
    const ids = name === "aisquare-experiences" ? [1] : ["a"];
    for (const [status, outcome, gone] of /** @type {[number, string, boolean | null][]} */ ([
      [301, "failed", false],
      [400, "failed", false],
      [401, "failed", false],
      [403, "failed", false],
      [404, "failed", false],
      [408, "failed", false],
      [409, "failed", false],
      [418, "failed", false],
      [429, "failed", false],
      [500, "unknown", null],
      [502, "unknown", null],
      [503, "unknown", null],
      [599, "unknown", null],
      [0, "unknown", null],
      [199, "unknown", null],
      [299, "unknown", null],
      [999, "unknown", null],
    ])) {
      for (const text of ["", "<html><body>Bad Gateway</body></html>", "{}", "null", "[]", '{"error":', "\0\ud800", "0"]) {
        const report = read(contract, ids, { status, text });
        assert.deepEqual([report.items[0].outcome, report.items[0].gone], [outcome, gone], `${name} ${status} ${text}`);
      }
    }
  }
});

test("a success that cannot be read is no success", () => {
  for (const contract of [models, applications, experiences]) {
    const ids = contract === experiences ? [1, 2] : ["a", "b"];
    for (const text of ["", "<!doctype html><title>Please log in</title>", '{"result":[{"application_id":"a","stat', "5", "null", '"ok"', "[]"]) {
      const report = read(contract, ids, { status: 200, text });
      for (const item of report.items) assert.notEqual(item.outcome, "deleted", `${contract.name} ${text}`);
      for (const item of report.items) assert.notEqual(item.gone, true, `${contract.name} ${text}`);
    }
  }
});

test("somebody else's success is none", () => {
  for (const contract of Object.values(contracts)) {
    const ids = contract === experiences ? [1, 2] : ["a", "b"];
    for (const body of contract === tasks ? STRANGE.filter(says) : STRANGE) {
      const report = read(contract, ids, { status: 200, text: JSON.stringify(body) });
      assert.deepEqual(rows(report), ids.map((id) => [id, "unknown", null]), `${contract.name} ${JSON.stringify(body)}`);
    }
  }
  const page = read(tasks, ["a"], { status: 200, text: "<!doctype html><title>Please log in</title>" });
  assert.deepEqual(rows(page), [["a", "unknown", null]]);
});

test("a failure that cannot be read is nobody else's", () => {
  for (const body of [{ error: "quota" }, { bulkDeleteModelsFailures: ["a"] }, { bulkDeleteModelsFailures: [{ message: "Model is open." }] }]) {
    const report = read(models, ["a"], { status: 200, body });
    assert.deepEqual([rows(report), report.contradictions.length, models.retry(models.call({ ...where["anaplan-models"], ids: ["a"] }), report)?.ids], [[["a", "unknown", null]], 1, ["a"]]);
  }
  const unclear = read(applications, ["a"], { status: 401, text: "<html>" });
  assert.deepEqual([unclear.items[0].code, unclear.items[0].gone], [undefined, false]);
});

test("what does not add up is told", () => {
  const sum = read(models, ["a", "b"], { status: 200, body: { modelsDeleted: 7, bulkDeleteModelsFailures: [] } });
  assert.equal(sum.contradictions.length, 1);
  assert.deepEqual(sum.items.map((/** @type {any} */ { outcome, gone, retry }) => [outcome, gone, retry]), [["unknown", null, "now"], ["unknown", null, "now"]]);
  const strange = read(models, ["a"], { status: 200, body: { modelsDeleted: 1, bulkDeleteModelsFailures: [{ modelId: "nobody asked", message: "Model ID does not exist." }] } });
  assert.ok(strange.contradictions.some((/** @type {string} */ text) => text.includes("nobody asked")));
  assert.deepEqual(strange.items.length, 1);
  const both = read(experiences, [1], { status: 200, body: { deleted_count: 1, deleted_ids: [1], not_found_ids: [1], message: "" } });
  assert.ok(both.contradictions.length > 0);
  const missing = read(applications, ["a", "b"], { status: 200, body: { result: [{ application_id: "a", error_reason: "", status: "success" }], total_num: 1 } });
  assert.ok(missing.contradictions.length > 0);
  assert.notEqual(missing.get("b")?.gone, true);
});

test("a body may be text, bytes or a value that was read", () => {
  const body = { modelsDeleted: 1, bulkDeleteModelsFailures: [] };
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  for (const response of [{ body }, { text: JSON.stringify(body) }, { body: JSON.stringify(body) }, { body: bytes }, { body: bytes.buffer }]) {
    assert.deepEqual(rows(read(models, ["a"], { status: 200, ...response })), [["a", "deleted", true]]);
  }
  for (const response of [null, undefined, 5, {}, { status: "200" }, { status: 200.5 }, { status: 65_736 }, { status: -1 }, { status: 200, text: 5 }]) {
    assert.throws(() => read(models, ["a"], response), TypeError);
  }
});

test("the answer to a request that was none says nothing of its ids", () => {
  const call = models.call({ ...where["anaplan-models"], ids: [{}, 5] });
  assert.deepEqual(rows(models.interpret(call, { status: 400 })).map(([, ...rest]) => rest), [["failed", false], ["failed", false]]);
  assert.deepEqual(rows(models.interpret(call, { status: 200, body: { modelsDeleted: 2 } })).map(([, ...rest]) => rest), [["unknown", null], ["unknown", null]]);
});

test("read takes a response to its end", async () => {
  const call = models.call({ ...where["anaplan-models"], ids: ["a"] });
  const whole = await models.read(call, new Response('{"modelsDeleted":1,"bulkDeleteModelsFailures":[]}', { status: 200 }));
  assert.deepEqual(rows(whole), [["a", "deleted", true]]);
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"modelsDel'));
      controller.error(new Error("reset"));
    },
  });
  assert.deepEqual(rows(await models.read(call, new Response(broken, { status: 200 }))), [["a", "unknown", null]]);
  const marked = await models.read(call, new Response('\ufeff{"modelsDeleted":1}', { status: 200 }));
  assert.deepEqual(rows(marked), [["a", "deleted", true]]);
  const limited = await models.read(call, new Response("{}", { status: 429, headers: { "Retry-After": "7" } }));
  assert.deepEqual([limited.wait, limited.items[0].retry, limited.answer], [7, "now", "too-many"]);
  assert.deepEqual(rows(await models.read(call, Response.error())), [["a", "unknown", null]]);
});

test("how long a server wants to be left alone", () => {
  const date = new Date(Date.now() + 5000).toUTCString();
  for (const [value, least, most] of /** @type {[string, number, number][]} */ ([["0", 0, 0], ["120", 120, 120], [" 3 ", 3, 3], [date, 3, 6], ["Sun, 06 Nov 1994 08:49:37 GMT", 0, 0]])) {
    const wait = /** @type {number} */ (waitOf({ "RETRY-after": value }));
    assert.ok(wait >= least && wait <= most, `${value}: ${wait}`);
    assert.equal(waitOf(new Headers({ "retry-after": value })), wait);
  }
  for (const value of ["", "soon", "-5", "1.5", "5, 5", "5 s", "2026-11-22"]) assert.equal(waitOf({ "retry-after": value }), null, value);
  for (const headers of [undefined, null, {}, new Headers(), { other: "5" }, { "retry-after": null }]) assert.equal(waitOf(headers), null);
});
