/** Facts as a page has them, sorted; and those of the caller. */

import { callback, iterable, readable } from "./arguments.js";
import { show, why } from "./errors.js";
import { question } from "./question.js";
import { keyOf } from "./report.js";
import { Sorts } from "./sorts.js";

/** @typedef {import("./description.js").Description} Description */

/**
 * Sorts items by what is known of them.
 *
 * @param {Description} description
 * @param {readonly unknown[]} ids
 * @param {((id: any) => unknown) | undefined} facts
 * @param {any} caller
 * @returns {{ sorts: readonly import("./sorts.js").Sort[], of: number[] }} the sorts, and which of them each item is of
 */
export function sort(description, ids, facts, caller) {
  const asked = description.facts.filter(([fact]) => fact !== "exists");
  const sorts = new Sorts(asked.map((each) => question(each, caller)));
  // No typed array: its memory is not where small things are made and soon forgotten.
  /** @type {number[]} */
  const of = new Array(ids.length);
  let index = 0;
  try {
    for (; index < ids.length; index += 1) {
      const known = facts?.(ids[index]);
      of[index] = sorts.like(known) ?? sorts.add(checked(known, ids[index]));
    }
  } catch (cause) {
    if (cause instanceof FactsError) throw new TypeError(cause.message);
    throw new TypeError(`facts: it failed for ${show(ids[index])}: ${why(cause)}`, { cause });
  }
  return { sorts: sorts.all, of };
}

/** What was given is no facts. */
class FactsError extends Error {}

/** @param {any} known @param {unknown} id @returns {any} */
function checked(known, id) {
  if (known == null) return known;
  if (typeof known !== "object" || Array.isArray(known)) {
    throw new FactsError(`facts: for ${show(id)} it must give an object, null or undefined, and gave ${show(known)}`);
  }
  if (typeof known.then === "function") {
    throw new FactsError(`facts: for ${show(id)} it gave a promise: look things up before, a forecast does not wait`);
  }
  return known;
}

/**
 * What is known of the caller, as the engine reads it. Nobody at all (`null`) is a caller without credentials.
 *
 * @param {any} caller
 * @returns {Record<string, unknown>}
 */
export function tellCaller(caller) {
  if (caller === undefined) return {};
  if (caller === null) return { authenticated: "missing" };
  if (typeof caller !== "object") throw new TypeError(`caller: it must be an object or null, and is ${show(caller)}`);
  return readable("caller", () => toldOf(caller));
}

/** @param {any} caller */
function toldOf(caller) {
  /** @type {Record<string, unknown>} */
  const told = {};
  const { authenticated, containerExists, containerAccessible } = caller;
  if (authenticated === true || typeof authenticated === "string") told.authenticated = authenticated;
  else if (authenticated === false) told.authenticated = "token";
  for (const key of ["scopes", "roles", "permissions"]) {
    const value = caller[key];
    if (value === undefined) continue;
    if (!Array.isArray(value)) throw new TypeError(`caller.${key}: it must be a list of texts, and is ${show(value)}`);
    told[key] = value.filter((each) => typeof each === "string");
  }
  if (typeof containerExists === "boolean") told["container-exists"] = containerExists;
  if (typeof containerAccessible === "boolean") {
    told["container-accessible"] = containerAccessible;
    if (containerAccessible) told["container-exists"] ??= true;
  }
  return told;
}

/**
 * Facts of what was listed to the caller: it exists, and the caller can see it. Of other ids nothing is known.
 *
 * @param {Iterable<any>} rows
 * @param {(row: any) => unknown} [idOf]
 */
export function listed(rows, idOf = (row) => row.id) {
  iterable("rows", rows, "rows");
  callback("idOf", idOf);
  const byId = new Map();
  for (const row of rows) {
    if (typeof row !== "object" || row === null) throw new TypeError(`rows: each must be an object, and one is ${show(row)}`);
    byId.set(keyOf(idOf(row), false), { accessible: true, ...row });
  }
  return (/** @type {unknown} */ id) => byId.get(keyOf(id, false));
}
