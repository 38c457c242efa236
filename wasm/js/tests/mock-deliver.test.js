/** How answers come where a fault has them late, in pieces or broken off. */

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isPieced, late, pieces, stream } from "../src/mock/deliver.js";

/** @param {object} delivery @param {number} [length] @returns {any} */
const answer = (delivery, length = 10) => ({
  status: 200,
  headers: [],
  body: Uint8Array.from({ length }, (_, index) => index),
  delivery: { sending: "slow", parts: 1, delay: 0, pause: 0, ...delivery },
});

/** How many bytes come, and what comes of the rest. @type {[string, object, number, number[], RegExp | null][]} */
const SENDINGS = [
  ["in one piece", { parts: 1 }, 10, [10], null],
  ["in three, the last the shortest", { parts: 3 }, 10, [4, 4, 2], null],
  ["in two halves", { parts: 2 }, 10, [5, 5], null],
  ["byte by byte, where there are not more", { parts: 50 }, 3, [1, 1, 1], null],
  ["in no parts, which is one", { parts: 0 }, 10, [10], null],
  ["nothing of nothing", { parts: 3 }, 0, [], null],
  ["cut after three bytes", { sending: "cut", parts: 3 }, 10, [3], /in the middle of the body/],
  ["cut after one", { sending: "cut", parts: 1 }, 10, [1], /in the middle of the body/],
  ["cut before the first", { sending: "cut", parts: 0 }, 10, [], /in the middle of the body/],
];

for (const [name, delivery, length, expected, broken] of SENDINGS) {
  test(`a body comes ${name}`, async () => {
    const given = answer(delivery, length);
    for (const way of [() => pieces(given), () => stream(given)]) {
      /** @type {Uint8Array[]} */
      const come = [];
      let error = null;
      try {
        for await (const piece of /** @type {AsyncIterable<Uint8Array>} */ (way())) come.push(piece);
      } catch (thrown) {
        error = thrown;
      }
      assert.deepEqual(come.map((piece) => piece.length), expected);
      assert.deepEqual(Buffer.concat(come), Buffer.from(given.body.slice(0, expected.reduce((sum, size) => sum + size, 0))));
      if (broken === null) assert.equal(error, null);
      else assert.match(String(error), broken);
    }
  });
}

test("between two pieces there is a pause", async () => {
  /** @type {number[]} */
  const times = [];
  for await (const _ of pieces(answer({ parts: 3, pause: 60 }))) times.push(performance.now());
  const [first = NaN, second = NaN, third = NaN] = times;
  assert.ok(second - first >= 55 && third - second >= 55, String(times));
});

test("the first piece comes at once, and what nobody reads any more is not waited for", async () => {
  for (const given of [undefined, new AbortController().signal]) {
    const reader = stream(answer({ parts: 2, pause: 600_000 }), given).getReader();
    assert.equal((await reader.read()).value?.length, 5);
    // By now the second piece is waited for.
    await sleep(20);
    await reader.cancel();
    assert.deepEqual(await reader.read(), { done: true, value: undefined });
    if (given !== undefined) assert.equal(getEventListeners(given, "abort").length, 0);
  }
});

test("a client that gives up in the middle of a body is told its reason", async () => {
  for (const before of [0, 20]) {
    const controller = new AbortController();
    const reader = stream(answer({ parts: 2, pause: 600_000 }), controller.signal).getReader();
    assert.equal((await reader.read()).value?.length, 5);
    await sleep(before);
    controller.abort(new Error("enough"));
    await assert.rejects(reader.read(), /enough/);
  }
});

test("a body that was read, or broke off, leaves nothing at the signal", async () => {
  const { signal } = new AbortController();
  await new Response(stream(answer({ parts: 2 }), signal)).text();
  await assert.rejects(new Response(stream(answer({ sending: "cut", parts: 2 }), signal)).text());
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

test("only what is sent otherwise than at once is in pieces", () => {
  const told = ["slow", "cut", "whole", "dropped"].map((sending) => isPieced(answer({ sending })));
  assert.deepEqual([...told, isPieced({ ...answer({}), delivery: undefined })], [true, true, false, false, false]);
});

test("a late answer is waited for, but not by who gave up", async () => {
  const controller = new AbortController();
  await late(answer({ delay: 0 }), controller.signal);
  await late({ ...answer({}), delivery: undefined }, controller.signal);
  const began = performance.now();
  await late(answer({ delay: 60 }), controller.signal);
  await late(answer({ delay: 1 }));
  assert.ok(performance.now() - began >= 55);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  const waiting = late(answer({ delay: 600_000 }), controller.signal);
  controller.abort(new Error("enough"));
  await assert.rejects(waiting, /enough/);
  await assert.rejects(late(answer({ delay: 600_000 }), controller.signal), /enough/);
});
