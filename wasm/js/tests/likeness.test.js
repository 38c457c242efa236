/** A body that is found valid by its likeness is valid to the engine too, and the other way round. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { write } from "../src/json.js";
import { contracts } from "./support/contracts.js";

const IDS = [null, 1.5, 2 ** 53, NaN, "\ud83d", "\ude00x", {}, [], undefined, -0, 7, true, 7n, "", "a", "é", "😀", "x".repeat(40)];

/** What may stand for a body. @param {string} name @param {unknown} list @returns {unknown[]} */
function bodies(name, list) {
  const body = { [name]: list };
  return [
    body,
    [body],
    { ...body, more: 1 },
    Object.create(body),
    Object.assign(Object.create(null), body),
    Object.assign({ toJSON: () => ({}) }, body),
    Object.defineProperty({}, name, { value: list, enumerable: false }),
    Object.defineProperty({}, name, { get: () => list, enumerable: true }),
    new Proxy(body, {
      getPrototypeOf() {
        throw new Error("nobody looks into it");
      },
    }),
  ];
}

/** @returns {unknown[][]} */
function lists() {
  const all = [[], ...IDS.map((id) => [id])];
  for (const one of IDS) for (const other of IDS) all.push([one, other]);
  for (const length of [50, 51, 99, 100, 101, 1000]) all.push(new Array(length).fill("a"), new Array(length).fill(7));
  return [...all, Object.assign(["a"], { toJSON: () => [1] })];
}

for (const [name, loaded] of Object.entries(contracts)) {
  test(`bodies of ${name} are valid by their likeness just where the engine says so`, () => {
    const [, pointer] = loaded.description.ids;
    for (const list of [...lists(), null, "a", {}]) {
      for (const body of bodies(pointer.replace("/", ""), list)) {
        const { text, unwritable } = write(body, "/body");
        const isValid = unwritable.length === 0 && loaded.checkBody(text).length === 0;
        assert.equal(loaded.body["~standard"].validate(body).issues === undefined, isValid, text);
      }
    }
  });
}
