/** Has this process's `fetch` answered by a mock, until it is stopped. */

import { Passing } from "./passing.js";

/** @type {import("./create.js").Intercept} */
export async function intercept(mock, options) {
  const passing = new Passing(mock, options);
  const before = globalThis.fetch;
  let isStopped = false;

  /** @type {typeof globalThis.fetch} */
  const fetch = async (input, init) => {
    if (isStopped) return before(input, init);
    const request = new Request(input, init);
    if (passing.takes(request)) return mock.fetch(request);
    passing.unhandled(request);
    return before(request);
  };
  globalThis.fetch = fetch;

  const stop = async () => {
    isStopped = true;
    // Somebody may have put another over it, who calls it on; then it stays, and only passes on.
    if (globalThis.fetch === fetch) globalThis.fetch = before;
  };
  const unseen = [...passing.unseen, "what is not sent by `fetch`: node:http and what is built on it, other processes"];
  return Object.freeze({ unseen: Object.freeze(unseen), stop, [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]: stop });
}
