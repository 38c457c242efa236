/** Facts: items are sorted by what is known of them, and what is no fact is said to be none. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { listed, sort, tellCaller } from "../src/facts.js";
import { deletable, models, somebody, where } from "./support/contracts.js";

/** @param {[string, string | null][]} facts */
function description(facts) {
  return /** @type {any} */ ({ facts: [["exists", null], ...facts] });
}
const STATE = description([["state", null]]);

test("items of which the same is known are of one sort", () => {
  const states = ["open", "closed", "open", undefined, null, "open"];
  const ids = states.map((_, index) => index);
  const { sorts, of } = sort(STATE, ids, (id) => ({ state: states[id] }), {});
  assert.deepEqual(sorts.map(({ told, count }) => [told, count]), [
    [{ exists: true, state: "open" }, 3],
    [{ exists: true, state: "closed" }, 1],
    [{ exists: true }, 1],
    [{ exists: true, state: null }, 1],
  ]);
  assert.deepEqual([...of], [0, 1, 0, 2, 3, 0]);
});

const NAMED = /** @type {[string, null][]} */ ([["state", null], ["fail", null], ["accessible", null]]);

for (const [others, what] of /** @type {[[string, string | null][], string][]} */ ([
  [[], "facts that have names of their own"],
  [[["owner", null]], "one other fact"],
  [[["owner", null], ["attributes", "/size"]], "more facts"],
])) {
  test(`however many sorts there are, each item is of its own: ${what}`, () => {
    const asked = description([...NAMED, ...others]);
    const isAsked = (/** @type {string} */ fact) => others.some(([other]) => other === fact);
    const facts = fc.record(
      {
        exists: fc.boolean(),
        state: fc.oneof(fc.constantFrom("a", "b", null, "\n", '"'), fc.string({ maxLength: 2 })),
        fail: fc.constantFrom("x", null),
        accessible: fc.boolean(),
        ...(isAsked("owner") && { owned: fc.boolean() }),
        ...(isAsked("attributes") && { attributes: fc.record({ size: fc.oneof(fc.nat(3), fc.constantFrom("1", null)) }, { noNullPrototype: true }) }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.option(facts, { nil: null }), { maxLength: 60 }), (rows) => {
        const { sorts, of } = sort(asked, rows.map((_, index) => index), (id) => rows[id], {});
        rows.forEach((row, index) => {
          const { told } = sorts[of[index]];
          assert.deepEqual(told, row === null || row.exists === false ? null : { exists: true, ...row });
        });
        assert.equal(sorts.reduce((sum, { count }) => sum + count, 0), rows.length);
        const inOrder = (/** @type {unknown} */ told) => JSON.stringify(told && Object.entries(told).sort());
        // Of what is not there, the rest need not be alike.
        const there = sorts.filter(({ told }) => told !== null);
        assert.equal(there.length, new Set(there.map(({ told }) => inOrder(told))).size);
      }),
    );
  });
}

test("each question is answered from what a page has", () => {
  const caller = { id: 7 };
  /** @type {[[string, string | null], any, any][]} */
  const rows = [
    [["owner", null], { owner: 7 }, { owned: true }],
    [["owner", null], { owner: 8 }, { owned: false }],
    [["owner", null], { owner: null }, { owned: false }],
    [["owner", null], { owner: "7" }, { owned: false }],
    [["owner", null], { owner: 7n }, { owned: true }],
    [["owner", null], { owner: { id: 7 } }, {}],
    [["owner", null], {}, {}],
    [["owner", null], { owned: true, owner: 8 }, { owned: true }],
    [["permissions", "delete"], { permissions: ["read", "delete"] }, { permissions: ["delete"] }],
    [["permissions", "delete"], { permissions: ["read"] }, { permissions: [] }],
    [["permissions", "delete"], { permissions: "delete" }, {}],
    [["accessible", null], { accessible: false }, { accessible: false }],
    [["accessible", null], { accessible: 1 }, {}],
    [["fail", null], { fail: null }, { fail: null }],
    [["state", null], { state: 5 }, {}],
    [["attributes", "/type"], { attributes: { type: "quest" } }, { attributes: { type: "quest" } }],
    [["attributes", "/type"], { attributes: {} }, { attributes: {} }],
    [["attributes", "/type"], { attributes: { type: null } }, { attributes: { type: null } }],
    [["attributes", "/type"], { attributes: null }, {}],
    [["attributes", "/a/b"], { attributes: { a: { b: [1] } } }, { attributes: { a: { b: [1] } } }],
    [["attributes", "/a/b"], { attributes: { a: 5 } }, { attributes: {} }],
    [["attributes", "/toString"], { attributes: {} }, { attributes: {} }],
    [["attributes", "/n"], { attributes: { n: 5n } }, { attributes: { n: 5 } }],
    // What JSON cannot hold exactly is not known.
    [["attributes", "/n"], { attributes: { n: 2n ** 70n } }, {}],
    [["attributes", "/n"], { attributes: { n: NaN } }, {}],
    [["attributes", "/n"], { attributes: { n: () => 1 } }, {}],
    [["attributes", "/n"], { attributes: { n: { m: Symbol("a") } } }, {}],
  ];
  for (const [asked, known, told] of rows) {
    const { sorts } = sort(description([asked]), [1], () => known, caller);
    assert.deepEqual(sorts[0].told, { exists: true, ...told }, JSON.stringify(asked) + Object.keys(known));
  }
});

test("an attribute is not mistaken for another that is written alike", () => {
  const asked = description([["attributes", "/a"]]);
  // More sorts than are looked through one by one.
  const values = [..."abcdefghij", ["x"], '["x"]', { b: 1 }, '{"b":1}', "\0absent", undefined, "", null, "null", true, "true", 1, "1"];
  const twice = [...values, ...values];
  const { sorts, of } = sort(asked, twice.map((_, index) => index), (id) => ({ attributes: { a: twice[id] } }), {});
  const told = (/** @type {number} */ index) => /** @type {any} */ (sorts[of[index]].told).attributes;
  twice.forEach((value, index) => assert.deepEqual(told(index), value === undefined ? {} : { a: value }));
});

test("who is not there, and of whom nothing is known", () => {
  for (const [known, told] of /** @type {[any, any][]} */ ([
    [null, null],
    [undefined, {}],
    [{ exists: false, state: "open" }, null],
    [{ exists: null }, null],
    [{ exists: undefined }, { exists: true }],
    [{ exists: "yes" }, {}],
  ])) {
    assert.deepEqual(sort(STATE, [1], () => known, {}).sorts[0].told, told);
  }
  assert.deepEqual(sort(STATE, [1, 2], undefined, {}).sorts, [{ told: {}, count: 2, place: 0 }]);
});

test("what is no fact is said to be none, by name", () => {
  const call = models.call({ ...where["anaplan-models"], ids: ["a"] });
  /** @type {[any, RegExp][]} */
  const rows = [
    [() => 5, /^facts: for `a` it must give an object, null or undefined, and gave 5/],
    [() => "open", /gave `open`/],
    [() => [], /gave an array/],
    [async () => ({}), /^facts: for `a` it gave a promise/],
    [() => ({ then: () => {} }), /promise/],
    [() => { throw new Error("lost"); }, /^facts: it failed for `a`: lost/],
    [() => { throw null; }, /failed for `a`: null/],
    [() => { throw Object.create(null); }, /failed for `a`: it does not say why/],
    [() => ({ get state() { throw new Error("late"); } }), /failed for `a`: late/],
    [() => new Proxy({}, { get: () => { throw new Error("trap"); } }), /failed for `a`: trap/],
    ["facts", /^facts: it must be a function/],
    [{}, /^facts: it must be a function/],
  ];
  for (const [facts, message] of rows) {
    assert.throws(() => models.forecast(call, { caller: somebody, facts }), { name: "TypeError", message });
  }
});

test("what is no fact is said to be none also behind items of which little is known", () => {
  const call = models.call({ ...where["anaplan-models"], ids: ["a", "b", "c"] });
  for (const first of [{}, { name: "x" }, { exists: true }, { exists: undefined, state: 5 }, { state: "open" }, null, undefined]) {
    for (const none of [5, "open", [], Promise.resolve({}), () => {}]) {
      const facts = (/** @type {unknown} */ id) => (id === "c" ? none : first);
      assert.throws(() => models.forecast(call, { caller: somebody, facts }), { name: "TypeError", message: /^facts: for `c` it/ });
    }
  }
});

test("only the ids of the request are asked for, each once, as they were given", () => {
  /** @type {unknown[]} */
  const asked = [];
  const call = models.call({ ...where["anaplan-models"], ids: ["b", "a", "B", "b"] });
  models.forecast(call, { facts: (/** @type {unknown} */ id) => void asked.push(id) });
  assert.deepEqual(asked, ["b", "a"]);
});

test("a caller is told as the engine reads one", () => {
  /** @type {[any, any][]} */
  const rows = [
    [undefined, {}],
    [null, { authenticated: "missing" }],
    [{}, {}],
    [{ authenticated: true }, { authenticated: true }],
    [{ authenticated: false }, { authenticated: "token" }],
    [{ authenticated: "expired", scopes: ["a", 5] }, { authenticated: "expired", scopes: ["a"] }],
    [{ containerAccessible: true }, { "container-accessible": true, "container-exists": true }],
    [{ containerAccessible: false, containerExists: true }, { "container-accessible": false, "container-exists": true }],
    [{ roles: [], permissions: [] }, { roles: [], permissions: [] }],
  ];
  for (const [caller, told] of rows) assert.deepEqual(tellCaller(caller), told);
  for (const caller of ["ada", 5, { scopes: "all" }, { roles: new Set() }]) assert.throws(() => tellCaller(caller), TypeError);
});

test("what was listed exists and is accessible", () => {
  const facts = listed([{ id: "a", state: "open" }, { id: "b", accessible: false }]);
  assert.deepEqual(facts("a"), { accessible: true, id: "a", state: "open" });
  assert.deepEqual(facts("b"), { accessible: false, id: "b" });
  assert.equal(facts("c"), undefined);
  assert.deepEqual(listed([{ key: 1, ...deletable }], (row) => row.key)(1)?.accessible, true);
});
