/** Has this process's `fetch` answered by a mock, until it is stopped. */

import { Passing } from "./passing.js";

/** What stands in the place of a `fetch`, and whether it is still wanted. @type {WeakMap<Function, { before: typeof globalThis.fetch, isStopped: boolean }>} */
const standing = new WeakMap();

/** @type {import("./create.js").Intercept} */
export async function intercept(mock, options) {
  const passing = new Passing(mock, options);
  const before = globalThis.fetch;
  const state = { before, isStopped: false };

  /** @type {typeof globalThis.fetch} */
  const fetch = async (input, init) => {
    if (state.isStopped) return before(input, init);
    const request = new Request(input, init);
    if (passing.takes(request)) return mock.fetch(request);
    passing.unhandled(request);
    return before(request);
  };
  standing.set(fetch, state);
  globalThis.fetch = fetch;

  const stop = async () => {
    state.isStopped = true;
    // Somebody may have put another over it, who calls it on; then it stays, and only passes on, until that one is gone.
    for (let top = standing.get(globalThis.fetch); top?.isStopped; top = standing.get(globalThis.fetch)) globalThis.fetch = top.before;
  };
  const unseen = [...passing.unseen, "what is not sent by `fetch`: node:http and what is built on it, other processes"];
  return Object.freeze({ unseen: Object.freeze(unseen), stop, [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]: stop });
}
