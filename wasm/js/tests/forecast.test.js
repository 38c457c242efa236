/** Forecasts: known, partly known, unknown; item by item, and where one decides for all. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { applications, contracts, deletable, experiences, models, programs, somebody, tasks, where } from "./support/contracts.js";

/** @param {any} contract @param {unknown[]} ids */
function callOf(contract, ids) {
  return contract.call({ ...where[contract.name], ids });
}

test("with all facts every contract foretells a deletion", () => {
  for (const [name, contract] of Object.entries(contracts)) {
    const call = callOf(contract, name === "aisquare-experiences" ? [1, 2] : ["a", "b"]);
    const forecast = contract.forecast(call, { caller: somebody, facts: () => deletable });
    assert.deepEqual(forecast.request, { verdict: "allow" }, name);
    assert.deepEqual(forecast.items, call.ids.map((/** @type {unknown} */ id) => ({ id, verdict: "allow" })), name);
    assert.deepEqual(forecast.summary, { total: 2, allow: 2, deny: 0, unknown: 0, reasons: [], text: "2 of 2 will be deleted." });
  }
});

test("with no facts nothing is decided, and everything that is missing is named", () => {
  const call = callOf(models, ["a"]);
  const { request, items, summary } = models.forecast(call);
  assert.equal(request.verdict, "unknown");
  assert.deepEqual(new Set(request.possible), new Set(["unauthorized", "not-found", "forbidden", "done"]));
  assert.deepEqual(request.needs, [
    { fact: "authenticated", of: "caller" },
    { fact: "container-exists", of: "container" },
    { fact: "roles", of: "caller" },
  ]);
  assert.equal(items[0].verdict, "unknown");
  const ofItem = items[0].needs.filter((/** @type {any} */ need) => need.of === "item").map((/** @type {any} */ need) => need.fact);
  assert.deepEqual(ofItem, ["exists", "accessible", "state", "fail"]);
  assert.deepEqual([summary.unknown, summary.text], [1, "Whether 1 of 1 will be deleted is not known."]);
});

test("what has no reason says so, and no property stands for nothing", () => {
  for (const [ids, caller, text] of /** @type {[unknown[], any, RegExp][]} */ ([
    [[() => 1], somebody, /^0 of 1 will be deleted\. 1 will not: the request breaks the contract\.$/],
    [["a"], { ...somebody, authenticated: false }, /^0 of 1 will be deleted\. 1 will not(: .+| \(\w+\))\.$/],
  ])) {
    for (const contract of [models, applications, programs, tasks]) {
      const forecast = contract.forecast(callOf(contract, ids), { caller });
      for (const told of [forecast.request, ...forecast.items, ...forecast.summary.reasons]) {
        assert.ok(!Object.values(told).includes(undefined), JSON.stringify(told));
      }
      assert.match(forecast.summary.text, text);
    }
  }
});

test("ids are found however the contract compares them", () => {
  assert.equal(models.forecast(callOf(models, ["aB"])).get("Ab").id, "aB");
  assert.equal(applications.forecast(callOf(applications, ["aB"])).get("Ab"), undefined);
  assert.equal(experiences.forecast(callOf(experiences, [7])).get(7).id, 7);
  const call = callOf(models, ["aB", "c"]);
  const report = models.interpret(call, { status: 503 });
  for (const each of [report, models.merge(report, report), models.settle(report, [])]) assert.equal(each.get("AB").id, "aB");
  const other = callOf(applications, ["aB"]);
  assert.equal(applications.interpret(other, { status: 503 }).get("AB"), undefined);
});

test("a fact that is missing leaves open what it could decide, and no more", () => {
  const call = callOf(models, ["a", "b", "c", "d", "e"]);
  /** @type {Record<string, any>} */
  const known = {
    a: { accessible: true, fail: null },
    b: null,
    c: { accessible: false },
    d: { accessible: true, state: "open" },
  };
  const forecast = models.forecast(call, { caller: somebody, facts: (/** @type {string} */ id) => known[id] });
  const [a, b, c, d, e] = forecast.items;
  assert.deepEqual(a, { id: "a", verdict: "unknown", needs: [{ fact: "state", of: "item" }], possible: ["deleted", "open"] });
  assert.deepEqual([b.verdict, b.code, b.check, b.retry], ["deny", "unknown", "exists", "never"]);
  assert.deepEqual([c.code, c.check], ["failed", "accessible"]);
  assert.deepEqual([d.code, d.check, d.reason, d.retry], ["open", "state-is-not", "Model is open. Please close the model before trying again.", "after-change"]);
  assert.deepEqual(new Set(e.possible), new Set(["deleted", "unknown", "failed", "open", "broken"]));
  assert.equal(forecast.get("d"), d);
  assert.equal(forecast.get("z"), undefined);
  assert.deepEqual(forecast.summary.reasons.map((/** @type {any} */ { code, count }) => [code, count]), [["unknown", 1], ["failed", 1], ["open", 1]]);
  assert.equal(
    forecast.summary.text,
    "Whether 2 of 5 will be deleted is not known. 1 will not: Model ID does not exist. 1 will not: Something went wrong. Deleting this model failed. " +
      "1 will not: Model is open. Please close the model before trying again.",
  );
});

test("an item's own reason is told, and counted by its code", () => {
  const forecast = applications.forecast(callOf(applications, ["a", "b"]), {
    caller: somebody,
    facts: (/** @type {string} */ id) => ({ ...deletable, fail: `${id} is being deployed` }),
  });
  assert.deepEqual(forecast.items.map((/** @type {any} */ { code, reason }) => [code, reason]), [["broken", "a is being deployed"], ["broken", "b is being deployed"]]);
  assert.deepEqual([forecast.summary.deny, forecast.summary.reasons[0].count], [2, 2]);
});

test("a caller who is refused is refused for every item", () => {
  for (const [caller, code] of /** @type {[any, string][]} */ ([
    [null, "unauthorized"],
    [{ authenticated: false }, "unauthorized"],
    [{ authenticated: true, containerExists: false }, "not-found"],
    [{ authenticated: true, containerExists: true, roles: [] }, "forbidden"],
  ])) {
    const { request, items } = models.forecast(callOf(models, ["a", "b"]), { caller, facts: () => deletable });
    assert.deepEqual([request.code, items.map((/** @type {any} */ item) => item.code)], [code, [code, code]]);
  }
});

test("what is wrong with a request is foretold where the contract looks at it", () => {
  const call = callOf(models, [5]);
  assert.equal(models.forecast(call, { caller: somebody }).request.code, "violations");
  assert.equal(models.forecast(call, { caller: null }).request.code, "unauthorized");
  const unsendable = callOf(programs, ["a,b"]);
  const forecast = programs.forecast(unsendable, { caller: somebody, facts: () => deletable });
  assert.deepEqual([forecast.request.code, forecast.items.map((/** @type {any} */ { id, code }) => [id, code])], ["violations", [["a,b", "violations"]]]);
});

test("where one item decides for all, the others stand beside it", () => {
  const known = (/** @type {Record<string, any>} */ facts) =>
    programs.forecast(callOf(programs, Object.keys(facts)), { caller: somebody, facts: (/** @type {string} */ id) => facts[id] });
  const denied = { ...deletable, permissions: [] };

  const missing = known({ a: deletable, b: null, c: denied });
  assert.deepEqual([missing.request.verdict, missing.request.code], ["deny", "programs-missing"]);
  const [a, b, c] = missing.items;
  assert.deepEqual([a.verdict, a.code, a.check, a.retry], ["deny", "bystander", undefined, "now"]);
  assert.deepEqual([b.code, b.check, b.retry], ["unknown", "exists", "never"]);
  assert.equal(c.verdict, "deny");
  assert.deepEqual(missing.summary.allow, 0);

  assert.equal(known({ a: deletable, b: denied }).request.code, "programs-denied");
  assert.equal(known({ a: deletable, b: deletable }).request.verdict, "allow");

  const open = known({ a: deletable, b: undefined });
  assert.equal(open.request.verdict, "unknown");
  assert.deepEqual(new Set(open.request.possible), new Set(["done", "programs-missing", "programs-denied"]));
  assert.ok(open.request.needs.length > 0);
  assert.equal(open.items[0].verdict, "unknown");
});

test("of ten thousand items each has its own verdict", () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => index);
  const forecast = experiences.forecast(callOf(experiences, ids), {
    caller: somebody,
    facts: (/** @type {number} */ id) => (id % 3 === 0 ? null : id % 3 === 1 ? deletable : undefined),
  });
  const { total, allow, deny, unknown } = forecast.summary;
  assert.deepEqual([total, allow, deny, unknown], [10_000, 3333, 3334, 3333]);
  assert.deepEqual(forecast.items.slice(0, 3).map((/** @type {any} */ { verdict }) => verdict), ["deny", "allow", "unknown"]);
});

test("a forecast is written as JSON, copied, and sent from a worker with its items", () => {
  const forecast = models.forecast(callOf(models, ["a"]), { caller: somebody, facts: () => null });
  for (const written of [JSON.parse(JSON.stringify(forecast)), structuredClone(forecast), { ...forecast }]) {
    assert.deepEqual([written.request.verdict, written.items[0].code, written.summary.total], ["allow", "unknown", 1]);
  }
  assert.equal(forecast.items, forecast.items);
  const huge = experiences.forecast(callOf(experiences, [7, 9_007_199_254_740_993n]), { caller: somebody });
  assert.deepEqual(JSON.parse(JSON.stringify(huge)).items.map((/** @type {any} */ { id }) => id), [7, "9007199254740993"]);
  assert.throws(() => (/** @type {any} */ (forecast).items = []), TypeError);
});
