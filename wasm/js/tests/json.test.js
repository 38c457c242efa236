/** Values as JSON: what the platform would write, or what JSON has no word for, by name. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { escape, segments, snapshot, write } from "../src/json.js";
import { told } from "./support/contracts.js";

const throwing = (/** @type {unknown} */ thrown) => ({
  get a() {
    throw thrown;
  },
});
const cyclic = /** @type {any} */ ({ b: [1] });
cyclic.b.push(cyclic);
const revoked = Proxy.revocable({}, {});
revoked.revoke();

test("what JSON holds is written as the platform writes it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { text, unwritable } = write(value, "");
      const isExact = !/"unsafe-integer"/.test(JSON.stringify(unwritable));
      if (isExact) assert.deepEqual([text, unwritable], [JSON.stringify(value), []]);
    }),
  );
});

test("what is no plain value but stands for one is written", () => {
  /** @type {[unknown, string][]} */
  const rows = [
    [-0, "0"],
    [[-0], "[0]"],
    [2n ** 64n, "18446744073709551616"],
    [[1, 2n], "[1,2]"],
    [[1n, -3n], "[1,-3]"],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [new Date(NaN), "null"],
    [{ toJSON: () => ({ a: 1 }) }, '{"a":1}'],
    [{ toJSON: 5 }, '{"toJSON":5}'],
    [Object("x"), '"x"'],
    [[Object(1), Object(true), Object(7n)], "[1,true,7]"],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [Object.create(null, { a: { value: 1, enumerable: true }, b: { value: 2 } }), '{"a":1}'],
    [new Proxy({ a: [1] }, {}), '{"a":[1]}'],
    [new Proxy([1, "b"], {}), '[1,"b"]'],
    [Object.assign([1, 2], { more: 1 }), "[1,2]"],
    ["\ud800", '"\\ud800"'],
    [{ "\udc00": 1 }, '{"\\udc00":1}'],
    [{ __proto__: null, constructor: 1 }, '{"constructor":1}'],
    [JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
    [[[], {}, ""], '[[],{},""]'],
    [2 ** 53 - 1, "9007199254740991"],
    [1.5e-300, "1.5e-300"],
  ];
  for (const [value, text] of rows) assert.deepEqual(write(value, ""), { text, unwritable: [] }, text);
  assert.deepEqual(write(undefined, ""), { text: "", unwritable: [] });
});

test("what JSON has no word for is a violation where it stands", () => {
  /** @type {[unknown, string[]][]} */
  const rows = [
    [NaN, [" not-json"]],
    [[1, Infinity], ["/1 not-json"]],
    [[1, 2 ** 53], ["/1 unsafe-integer"]],
    [{ a: { "b/c": -(2 ** 60) } }, ["/a/b~1c unsafe-integer"]],
    [Symbol("a"), [" not-json"]],
    [() => 1, [" not-json"]],
    [{ a: () => 1 }, ["/a not-json"]],
    // eslint-disable-next-line no-sparse-arrays
    [[1, , 3], ["/1 not-json"]],
    [["a", undefined], ["/1 not-json"]],
    [new Map([["a", 1]]), [" not-json"]],
    [{ ids: new Set(["a"]) }, ["/ids not-json"]],
    [new Uint8Array(2), [" not-json"]],
    [new ArrayBuffer(2), [" not-json"]],
    [cyclic, ["/b/1 not-json"]],
    [throwing(new Error("no")), [" not-json"]],
    [[throwing(null), 1], ["/0 not-json"]],
    [throwing(Object.create(null)), [" not-json"]],
    [throwing(Symbol("no")), [" not-json"]],
    [throwing(new Proxy(new Error("x"), { get: () => { throw new Error("again"); } })), [" not-json"]],
    [revoked.proxy, [" not-json"]],
    [new Proxy({}, { ownKeys: () => { throw new Error("no keys"); } }), [" not-json"]],
    [{ toJSON: () => { throw new Error("no"); } }, [" not-json"]],
    [{ get toJSON() { throw new Error("no"); } }, [" not-json"]],
  ];
  for (const [value, found] of rows) assert.deepEqual(told(write(value, "").unwritable), found, found.join());
});

test("toJSON without end comes to an end", () => {
  const again = () => ({ toJSON: again });
  assert.deepEqual(told(write(again(), "").unwritable), [" not-json"]);
  const itself = { toJSON: () => itself };
  assert.deepEqual(told(write(itself, "").unwritable), [" not-json"]);
});

test("a value that stands twice is no circle", () => {
  const shared = { a: 1 };
  assert.deepEqual(write([shared, shared], ""), { text: '[{"a":1},{"a":1}]', unwritable: [] });
});

test("values that stand for more than a computer holds are given up", () => {
  /** @type {unknown[]} */
  let doubled = [];
  /** @type {unknown} */
  let inObjects = { a: 1 };
  for (let depth = 0; depth < 60; depth += 1) {
    doubled = [doubled, doubled];
    inObjects = { a: inObjects, b: inObjects };
  }
  for (const value of [doubled, inObjects]) {
    const { unwritable } = write(value, "");
    assert.equal(unwritable.length, 1);
    assert.match(unwritable[0].message, /shorter/);
  }
  const { unwritable } = write(new Proxy([], { get: (target, key) => (key === "length" ? 2 ** 50 : Reflect.get(target, key)) }), "");
  assert.ok(unwritable.length < 2000);
});

test("what is too deep for the engine is not written to its end", () => {
  /** @type {unknown} */
  let deep = 1;
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  const { text, unwritable } = write(deep, "");
  assert.ok(text.length < 1000);
  assert.deepEqual(unwritable, []);
});

test("a snapshot is what was there, exactly", () => {
  const inner = { date: new Date(0), left: undefined, list: [1, { deep: "a" }], own: { toJSON: () => "own" } };
  const copy = /** @type {any} */ (snapshot(inner));
  inner.list = [];
  assert.deepEqual(copy, { date: "1970-01-01T00:00:00.000Z", list: [1, { deep: "a" }], own: "own" });
  const cyclic = /** @type {any} */ ({});
  cyclic.cyclic = cyclic;
  for (const same of [{ big: 2n ** 60n }, { toJSON: () => undefined }, cyclic, { no: () => 1 }, "text", 5, 5n, undefined, null]) assert.equal(snapshot(same), same);
  assert.deepEqual(snapshot({ small: 5n }), { small: 5 });
});

test("a pointer's names are the names", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (names) => {
      const pointer = names.map((name) => `/${escape(name)}`).join("");
      assert.deepEqual(segments(pointer).map(String), names);
    }),
  );
  assert.deepEqual(segments("/a/0/00/-1/10"), ["a", 0, "00", "-1", 10]);
  assert.deepEqual(segments("/999999999999999/12345678901234567890"), [999999999999999, "12345678901234567890"]);
});
