/** The time that a mock is told. */

import { show } from "../errors.js";

/** What is written with four digits of a year: 0000 to 9999. */
const FIRST = Date.UTC(2000, 0) - 2000 * 365.2425 * 86_400_000;
const LAST = Date.UTC(10_000, 0) - 1;

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
    const read = () => {
      const now = Number(clock());
      if (!isTold(now)) throw new TypeError(`clock: the function must give milliseconds since 1970, and gave ${show(now)}`);
      return now;
    };
    return { frozen: false, read };
  }
  const at = clock instanceof Date || typeof clock === "string" ? new Date(clock).getTime() : NaN;
  if (!isTold(at)) {
    throw new TypeError(`clock: it must be "real", "frozen", a time at which it stands still, or a function, and is ${show(clock)}`);
  }
  return { frozen: true, read: () => at };
}

/** @param {number} time */
function isTold(time) {
  return time >= FIRST && time <= LAST;
}
