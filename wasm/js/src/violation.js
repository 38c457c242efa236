/** Violations as they are told: frozen, with their place in both spellings, and a message that a page can replace. */

import { segments } from "./json.js";

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
  if (own !== undefined) told.message = typeof own === "function" ? own(told) : own;
  return Object.freeze(told);
}
