/** How long a server asks to be left alone, and waiting for it, by themselves: sending and following have tests of their own. */

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { afterEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isAddress, pause, signalOf, unlessAborted, waitOf } from "../src/wait.js";

const soon = new Date(Date.now() + 90_000).toUTCString();

/** @type {[string, any, number | null][]} */
const WAITS = [
  ["no headers", undefined, null],
  ["null for headers", null, null],
  ["headers without it", new Headers(), null],
  ["seconds", new Headers({ "Retry-After": "7" }), 7],
  ["none", new Headers({ "Retry-After": "0" }), 0],
  ["seconds in an object", { "retry-AFTER": " 7 " }, 7],
  ["a number in an object", { "Retry-After": 7 }, 7],
  ["nothing in an object", { "Retry-After": undefined }, null],
  ["a fraction, which HTTP does not have", { "Retry-After": "1.5" }, null],
  ["less than nothing", { "Retry-After": "-1" }, null],
  ["a date that is over", { "Retry-After": "Sun, 22 Nov 2020 02:00:00 GMT" }, 0],
  ["a date that is none", { "Retry-After": "Sun, 99 Nov 2026 02:00:00 GMT" }, null],
  ["a date of another kind", { "Retry-After": "2099-11-22T02:00:00Z" }, null],
];

for (const [name, headers, expected] of WAITS) {
  test(`Retry-After: ${name}`, () => assert.equal(waitOf(headers), expected));
}

test("Retry-After: a date that is to come, in seconds, and rather too many than too few", () => {
  const wait = /** @type {number} */ (waitOf({ "Retry-After": soon }));
  const exact = (Date.parse(soon) - Date.now()) / 1000;
  assert.ok(Number.isInteger(wait) && wait >= exact && wait < exact + 2, `${wait} for ${exact}`);
});

test("what is no signal is named, and none is none", () => {
  const { signal } = new AbortController();
  assert.deepEqual([signalOf(undefined), signalOf(null), signalOf(signal)], [undefined, undefined, signal]);
  for (const wrong of [{}, "stop", { aborted: false }, { aborted: "no", addEventListener() {} }]) {
    assert.throws(() => signalOf(wrong), { name: "TypeError", message: /^signal: it must be an AbortSignal/ });
  }
});

test("a wait ends when it is over, or called off, and leaves nothing at the signal", async () => {
  const { signal } = new AbortController();
  await pause(1, undefined);
  const before = performance.now();
  await pause(30, signal);
  assert.ok(performance.now() - before > 25);
  assert.equal(getEventListeners(signal, "abort").length, 0);

  const controller = new AbortController();
  const waited = pause(600_000, controller.signal);
  controller.abort();
  await waited;
  await pause(600_000, controller.signal);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
});

test("what is longer than a timer can wait is not over at once", async () => {
  // Platforms take a longer time for a millisecond, and Node warns of it.
  const warned = /** @type {string[]} */ ([]);
  const hear = (/** @type {Error} */ { name }) => warned.push(name);
  process.on("warning", hear);
  const controller = new AbortController();
  const waited = pause(2 ** 40, controller.signal).then(() => "over");
  assert.equal(await Promise.race([waited, sleep(40, "not yet")]), "not yet");
  controller.abort();
  assert.equal(await waited, "over");
  process.off("warning", hear);
  assert.deepEqual(warned, []);
});

test("work of somebody else ends with it, or with the signal's reason", async () => {
  const controller = new AbortController();
  const never = new Promise(() => {});
  assert.equal(await unlessAborted(5, undefined), 5);
  assert.equal(await unlessAborted(Promise.resolve(5), controller.signal), 5);
  await assert.rejects(unlessAborted(Promise.reject(new Error("mine")), controller.signal), /mine/);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);

  const reason = new Error("enough");
  const working = unlessAborted(never, controller.signal);
  controller.abort(reason);
  await assert.rejects(working, reason);
  await assert.rejects(unlessAborted(never, controller.signal), reason);
});

afterEach(() => {
  for (const name of ["document", "location"]) Reflect.deleteProperty(globalThis, name);
});

const invalid = { cause: { code: "ERR_INVALID_URL" } };
const evil = {
  get cause() {
    throw new Error("none of your business");
  },
};

/** Whether it is one, by what the page stands on. @type {[string, object, string, unknown, boolean][]} */
const ADDRESSES = [
  ["whole", {}, "http://example.com/models", invalid, true],
  ["beside a page", { document: { baseURI: "http://example.com/" } }, "/models", invalid, true],
  ["beside a worker's script", { location: { href: "http://example.com/worker.js" } }, "/models", invalid, true],
  ["beside a page that has an address of its own", { document: { baseURI: "about:blank" }, location: { href: "http://example.com/" } }, "/models", undefined, false],
  ["none, beside a page", { document: { baseURI: "http://example.com/" } }, "http://", undefined, false],
  ["beside nothing, by whom fetch knows none", {}, "/models", invalid, false],
  ["beside nothing, by whom fetch did not mind", {}, "/models", new TypeError("fetch failed"), true],
  ["beside nothing, where nothing is said", {}, "/models", undefined, true],
  ["beside nothing, where null was thrown", {}, "/models", null, true],
  ["beside nothing, where what was thrown throws", {}, "/models", evil, true],
];

for (const [name, page, url, cause, expected] of ADDRESSES) {
  test(`an address: ${name}`, () => {
    Object.assign(globalThis, page);
    assert.equal(isAddress(url, cause), expected);
  });
}
