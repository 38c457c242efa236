/** The time that a mock is told. */

import { show } from "../facts.js";

/**
 * Reads the option `clock`: what time a mock starts with, and whether it stands still.
 *
 * @param {unknown} clock
 * @returns {{ frozen: boolean, read: () => number }}
 */
export function clockOf(clock) {
  // Asked at each call, so that a test that replaces `Date` replaces this clock too.
  if (clock === "real") return { frozen: false, read: () => Date.now() };
  if (clock === "frozen") return { frozen: true, read: () => Date.now() };
  if (typeof clock === "function") {
    return { frozen: false, read: () => Number(clock()) };
  }
  const at = clock instanceof Date || typeof clock === "string" ? new Date(clock).getTime() : NaN;
  if (Number.isNaN(at)) {
    throw new TypeError(`clock: it must be "real", "frozen", a time at which it stands still, or a function, and is ${show(clock)}`);
  }
  return { frozen: true, read: () => at };
}
