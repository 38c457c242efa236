/** Whatever is given to whatever is public: a result, or a TypeError or an error of the package's own; and it works afterwards. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import fc from "fast-check";
import { ContractError, InvalidCallError, listed, load } from "../src/node.js";
import { documents } from "./corpus/files.js";
import { contracts, deletable, models, somebody, where } from "./support/contracts.js";

const boom = () => {
  throw new Error("boom");
};
const trap = new Proxy(function () {}, { get: boom, has: boom, ownKeys: boom, apply: boom, getPrototypeOf: boom });
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const cyclic = /** @type {any} */ ({});
cyclic.self = cyclic;
const given = new ArrayBuffer(8);
const view = new Uint8Array(given);
structuredClone(given, { transfer: [given] });

/** @type {unknown[]} */
const HOSTILE = [
  undefined, null, true, 0, -0, NaN, Infinity, 2 ** 53, 2 ** 60, 1e308, 10n ** 50n, "", "a", "\0", "\ud800", "x".repeat(100_000), "__proto__",
  Symbol("a"), boom, [], [undefined], new Array(5), [[[]]], {}, { length: 2 ** 32 }, { toJSON: boom }, { toString: boom, valueOf: boom },
  Object.create(null), new Date(NaN), new Map(), new Set(["a"]), new Uint8Array(3), view, new ArrayBuffer(3), new DataView(new ArrayBuffer(3)),
  cyclic, trap, revoked, new Proxy([], { get: boom }), Promise.resolve({}), { then: boom }, globalThis, /a/g, new Error("x"), JSON.parse('{"__proto__":{"ids":["a"]}}'),
];

/** @param {() => unknown} use */
function survives(use) {
  try {
    return use();
  } catch (cause) {
    const error = /** @type {any} */ (cause);
    const isOurs = error instanceof TypeError || error instanceof ContractError || error instanceof InvalidCallError;
    // What a proxy throws when it is looked at goes to who made it.
    if (!isOurs && !/boom/.test(String(error?.message))) throw error;
    return undefined;
  }
}

afterEach(() => {
  for (const [name, contract] of Object.entries(contracts)) {
    const call = contract.call({ ...where[name], ids: name === "aisquare-experiences" ? [1] : ["a"] });
    assert.deepEqual(call.violations, []);
    assert.equal(contract.forecast(call, { caller: somebody, facts: () => deletable }).summary.allow, 1);
  }
});

test("calls and requests", () => {
  for (const contract of Object.values(contracts)) {
    for (const value of HOSTILE) {
      survives(() => contract.call(value));
      survives(() => contract.parse(value));
      for (const name of [...contract.names]) {
        const call = /** @type {any} */ (survives(() => contract.call({ ...where[contract.name], ids: ["a"], [name]: value })));
        if (call === undefined) continue;
        assert.ok(Array.isArray(call.violations) && Array.isArray(call.ids));
        survives(() => call.toRequest(value));
        survives(() => contract.batches(call, { size: value }));
        survives(() => contract.forecast(call));
        survives(() => contract.interpret(call, { status: 200, body: value }));
      }
      survives(() => contract.call({ ...where[contract.name], ids: [value, "a", value] }));
      for (const key of ["path", "query", "headers", "body", "text", "bytes"]) {
        const call = /** @type {any} */ (survives(() => contract.parse({ [key]: value })));
        if (call !== undefined) survives(() => call.ids);
      }
      survives(() => contract.parse({ headers: { a: value } }));
      survives(() => contract.parse({ headers: [[value, value]] }));
      assert.ok(contract.body["~standard"].validate(value));
    }
  }
});

test("what is asked of a call", () => {
  const call = models.call({ ...where["anaplan-models"], ids: ["a"] });
  const report = models.interpret(call, { status: 500 });
  for (const value of HOSTILE) {
    survives(() => models.forecast(value));
    survives(() => models.forecast(call, value));
    survives(() => models.forecast(call, { caller: value }));
    survives(() => models.forecast(call, { facts: value }));
    survives(() => models.forecast(call, { caller: somebody, facts: () => value }));
    for (const key of ["id", "authenticated", "scopes", "roles", "permissions", "containerExists", "containerAccessible"]) {
      survives(() => models.forecast(call, { caller: { ...somebody, [key]: value }, facts: () => deletable }));
    }
    for (const key of ["exists", "accessible", "owner", "owned", "permissions", "state", "attributes", "fail"]) {
      for (const contract of Object.values(contracts)) {
        const own = contract.call({ ...where[contract.name], ids: contract.name === "aisquare-experiences" ? [1] : ["a"] });
        survives(() => contract.forecast(own, { caller: somebody, facts: () => ({ ...deletable, [key]: value }) }));
      }
    }
    survives(() => models.interpret(value, { status: 200 }));
    survives(() => models.interpret(call, value));
    survives(() => models.interpret(call, { status: value }));
    survives(() => models.interpret(call, { status: 200, headers: value }));
    survives(() => models.interpret(call, { status: 200, text: value }));
    survives(() => models.batches(value));
    survives(() => models.retry(call, value));
    survives(() => models.retry(value, report));
    survives(() => models.merge(value));
    survives(() => models.settle(report, value));
    survives(() => models.settle(value, []));
    survives(() => listed(/** @type {any} */ (value)));
    report.get(value);
  }
});

test("what waits", async () => {
  const call = models.call({ ...where["anaplan-models"], ids: ["a"] });
  const report = models.interpret(call, { status: 500 });
  const settled = (/** @type {() => unknown} */ use) => new Promise((resolve) => resolve(use())).catch((cause) => survives(() => { throw cause; }));
  for (const value of HOSTILE) {
    await settled(() => load(/** @type {any} */ (value)));
    await settled(() => load({ openapi: value, policy: value }));
    await settled(() => load(/** @type {any} */ ({ name: value, ...documents("anaplan-models") })));
    await settled(() => models.read(call, value));
    await settled(() => models.read(value, new Response("")));
    await settled(() => models.submit(value));
    await settled(() => models.submit(call, { fetch: async () => value, retries: 0 }));
    await settled(() => models.submit(call, { fetch: async () => { throw value; } }));
    await settled(() => models.submit(call, { fetch: async () => new Response("", { status: 200 }), headers: value }));
    await settled(() => models.submit(call, { fetch: async () => new Response("", { status: 200 }), headers: () => value }));
    await settled(() => models.submit(call, { fetch: async () => new Response("", { status: 200 }), baseUrl: value }));
    await settled(() => models.track(report, value));
    await settled(() => models.track(value, { status: () => "succeeded" }));
  }
});

test("whatever a fetch gives back, sending resolves", async () => {
  const call = models.call({ ...where["anaplan-models"], ids: ["a"] });
  for (const value of HOSTILE) {
    const given = await models.submit(call, { fetch: async () => value, retries: 0 });
    assert.deepEqual([given.ended, given.items[0].outcome], ["network", "unknown"]);
    const thrown = await models.submit(call, { fetch: async () => { throw value; } });
    assert.deepEqual([thrown.ended, thrown.items[0].outcome], ["network", "unknown"]);
  }
});

test("documents that are nearly a contract are refused whole, with every problem", async () => {
  const { openapi, policy } = documents("codearts-applications");
  const parts = (/** @type {any} */ value, /** @type {(string | number)[]} */ path = []) =>
    typeof value === "object" && value !== null ? Object.keys(value).flatMap((/** @type {string} */ key) => [[...path, key], ...parts(value[key], [...path, key])]) : [];
  for (const [name, text] of Object.entries({ openapi, policy })) {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...parts(JSON.parse(text))), fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom(...HOSTILE.slice(0, 20))), async (path, value) => {
        const document = JSON.parse(text);
        let within = document;
        for (const key of path.slice(0, -1)) within = within[key];
        within[/** @type {string} */ (path.at(-1))] = value;
        try {
          await load({ openapi, policy, [name]: document });
        } catch (cause) {
          const error = /** @type {any} */ (cause);
          assert.equal(error.name, "ContractError", error.stack);
          assert.ok(error.problems.length > 0);
          for (const { document: which, pointer, message } of error.problems) assert.deepEqual([typeof which, typeof pointer, typeof message], ["string", "string", "string"]);
        }
      }),
      { numRuns: 300 },
    );
  }
  await assert.rejects(load({ openapi: "{", policy }), { name: "ContractError" });
  const marked = await load({ openapi: `\ufeff${openapi}`, policy: `\ufeff${policy}` });
  assert.equal(marked.call({ project_id: "p", ids: ["a"] }).violations.length, 0);
  await assert.rejects(load({ openapi: {}, policy: {} }), (/** @type {any} */ error) => error.problems.length > 1);
});

test("an argument that a contract does not have is named", () => {
  assert.throws(() => models.call({ ...where["anaplan-models"], ids: ["a"], workspace: 1 }), { name: "TypeError", message: /^workspace: .*workspaceId/ });
  assert.throws(() => models.call({ ...where["anaplan-models"], modelIdsToDelete: ["a"] }), TypeError);
  assert.throws(() => models.parse({ path: "/elsewhere" }), { name: "TypeError", message: /^path: / });
  assert.throws(() => models.parse({ text: "{}", body: {} }), TypeError);
  assert.throws(() => models.forecast({ ids: [] }), { name: "TypeError", message: /^call: / });
  assert.throws(() => models.parse({ headers: { "a:b": "c" } }), { name: "TypeError", message: /^headers: / });
  assert.throws(() => models.parse({ query: "a\nx-b:c" }), TypeError);
  assert.throws(() => models.parse({ bytes: view }), { name: "TypeError" });
});

test("the parts of a call do not change with the options that it was given", async () => {
  const { openapi, policy } = documents("codearts-applications");
  const document = JSON.parse(openapi);
  document.components.schemas.BatchDeleteAppRequest.properties.options = { type: "object" };
  const contract = /** @type {any} */ (await load({ openapi: document, policy }));
  const options = { dry: true };
  const call = contract.call({ project_id: "p", ids: ["a", "b"], options });
  options.dry = false;
  for (const batch of contract.batches(call, { size: 1 })) assert.deepEqual(JSON.parse(batch.toRequest().body).options, { dry: true });
});

test("a call does not change, whoever holds what it was made of", () => {
  const ids = ["a", "b"];
  const call = models.call({ ...where["anaplan-models"], ids });
  ids.push("c");
  ids[0] = "z";
  assert.deepEqual([call.ids, JSON.parse(call.toRequest().body)], [["a", "b"], { modelIdsToDelete: ["a", "b"] }]);
  assert.throws(() => call.ids.push("x"), TypeError);
  assert.throws(() => (call.violations = []), TypeError);
  const bytes = new TextEncoder().encode('{"modelIdsToDelete":["a"]}');
  const parsed = models.parse({ bytes });
  bytes.fill(0);
  assert.deepEqual([parsed.ids, new TextDecoder().decode(parsed.toRequest().body)], [["a"], '{"modelIdsToDelete":["a"]}']);
  parsed.toRequest().body.fill(0);
  assert.equal(new TextDecoder().decode(parsed.toRequest().body), '{"modelIdsToDelete":["a"]}');
});
