/** Violations as they are told: frozen, with their place in both spellings, and a message that a page can replace. */

import { why } from "./errors.js";
import { segments } from "./json.js";

/** @typedef {import("./build.js").Found} Found */

/**
 * All that is wrong with a request: what was found while it was written, and what the engine found of the rest.
 *
 * @param {readonly Found[]} unwritable
 * @param {readonly Found[]} broken
 * @param {import("../index.js").Messages | undefined} messages
 * @returns {readonly import("../index.js").Violation[]}
 */
export function violations(unwritable, broken, messages) {
  if (unwritable.length === 0 && broken.length === 0) return NONE;
  const told = new Set(unwritable.map(({ pointer }) => pointer));
  const all = [...unwritable, ...broken.filter(({ pointer }) => !told.has(pointer))];
  return Object.freeze(all.map((each) => violation(each, messages)));
}

/** @type {readonly never[]} */
const NONE = Object.freeze([]);

/**
 * @param {{ pointer: string, rule: string, message: string, limit?: string | null, actual?: string | null, property?: string | null }} found
 * @param {import("../index.js").Messages | undefined} messages
 * @returns {import("../index.js").Violation}
 */
export function violation({ pointer, rule, message, limit, actual, property }, messages) {
  /** @type {any} */
  const told = { pointer, path: Object.freeze(segments(pointer)), rule, message };
  if (limit != null) told.limit = limit;
  if (actual != null) told.actual = actual;
  if (property != null) told.property = property;
  const own = messages?.[rule];
  if (own !== undefined) told.message = (typeof own === "function" ? worded(rule, own, told) : own) ?? message;
  if (typeof told.message !== "string") throw new TypeError(`messages.${rule}: it must be a text, or a function that gives one`);
  return Object.freeze(told);
}

/** @param {string} rule @param {(violation: import("../index.js").Violation) => unknown} own @param {import("../index.js").Violation} told */
function worded(rule, own, told) {
  try {
    return own(told);
  } catch (cause) {
    throw new TypeError(`messages.${rule}: it failed: ${why(cause)}`, { cause });
  }
}
