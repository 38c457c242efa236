/** Arguments of whatever is public: what is not of its kind is a TypeError that names it, before anything is done. */

import { show, why } from "./errors.js";

/**
 * Options that may be left out.
 *
 * @param {string} name
 * @param {unknown} value
 * @returns {Record<string, any>}
 */
export function optional(name, value) {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object") throw new TypeError(`${name}: it must be an object, and is ${show(value)}`);
  return value;
}

/** A function that may be left out. @param {string} name @param {unknown} value */
export function callback(name, value) {
  if (value !== undefined && typeof value !== "function") throw new TypeError(`${name}: it must be a function, and is ${show(value)}`);
}

/** What may be gone through, and is no text. @param {string} name @param {any} value @param {string} of what it is a list of */
export function iterable(name, value, of) {
  const isIterable = typeof value === "object" && value !== null && typeof value[Symbol.iterator] === "function";
  if (!isIterable) throw new TypeError(`${name}: it must be a list of ${of}, and is ${show(value)}`);
}

/**
 * Reads what somebody else made, which may fail.
 *
 * @template T
 * @param {string} name
 * @param {() => T} read
 * @returns {T}
 */
export function readable(name, read) {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof TypeError && cause.message.startsWith(name)) throw cause;
    throw new TypeError(`${name}: it could not be read: ${why(cause)}`, { cause });
  }
}

/** Longer lists are looked at for holes: a list with one id at its end stands for more than a computer holds. */
const LONG = 1_000_000;
/** So many holes are told; then it is enough. */
const MOST_HOLES = 1000;

/** A copy of a list, which ends where there is more missing than anybody wants to be told. @param {readonly unknown[]} list */
export function copyOf(list) {
  if (list.length <= LONG) return Array.from(list);
  const copy = [];
  let holes = 0;
  for (let index = 0; index < list.length && holes <= MOST_HOLES; index += 1) {
    if (list[index] === undefined) holes += 1;
    copy.push(list[index]);
  }
  return copy;
}
