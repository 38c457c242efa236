/**
 * Facts as a page has them, sorted: items that answer a contract's questions alike are decided alike, so that the engine is
 * asked once for each sort.
 */

import { callback, iterable, readable } from "./arguments.js";
import { why } from "./errors.js";
import { segments, write } from "./json.js";
import { OTHER, digit, textDigit, withDigit } from "./digits.js";
import { keyOf as keyOfId } from "./report.js";

/** @typedef {import("./description.js").Description} Description */
/** What is known of a sort of item, for the engine. @typedef {Record<string, unknown> | null} Told */

/** The keys of items that do not exist, and of those of which nothing is known: like no number of digits. */
const GONE = -2;
const UNKNOWN = -3;

/**
 * Sorts items by what is known of them.
 *
 * @param {Description} description
 * @param {readonly unknown[]} ids
 * @param {((id: any) => unknown) | undefined} facts
 * @param {any} caller
 * @returns {{ sorts: { told: Told, count: number }[], of: number[] }} the sorts, and which of them each item is of
 */
export function sort(description, ids, facts, caller) {
  const questions = description.facts.filter(([fact]) => fact !== "exists").map((asked) => question(asked, caller));
  const keys = new Keys(questions);
  /** @type {{ told: Told, count: number }[]} */
  const sorts = [];
  /** @type {Map<number | string, number>} */
  const places = new Map();
  // No typed array: its memory is not where small things are made and soon forgotten.
  /** @type {number[]} */
  const of = new Array(ids.length);
  /** @type {number | string} */
  let before = -1;
  let place = 0;
  for (let index = 0; index < ids.length; index += 1) {
    try {
      const known = ask(facts, ids[index]);
      const key = keys.of(known);
      if (key !== before) {
        before = key;
        place = places.get(key) ?? sorts.length;
        if (place === sorts.length) {
          places.set(key, place);
          sorts.push({ told: tell(known, questions), count: 0 });
        }
      }
    } catch (cause) {
      if (cause instanceof FactsError) throw new TypeError(cause.message);
      throw new TypeError(`facts: it failed for ${show(ids[index])}: ${why(cause)}`, { cause });
    }
    sorts[place].count += 1;
    of[index] = place;
  }
  return { sorts, of };
}

/** Keys of items by what is known of them: the same for those that answer all questions alike. */
class Keys {
  /** @param {readonly Question[]} questions */
  constructor(questions) {
    this.questions = questions;
    /** What answers there were to whether it exists. @type {string[]} */
    this.existences = [];
    const answers = (/** @type {string} */ fact) => (questions.some((each) => each.fact === fact) ? /** @type {string[]} */ ([]) : undefined);
    // The usual facts are read by their own names and not by a question, because that is many times faster.
    this.accessibles = answers("accessible");
    this.states = answers("state");
    this.fails = answers("fail");
    this.others = questions.filter(({ fact }) => !["accessible", "state", "fail"].includes(fact)).map(({ answer }) => ({ answer, answers: /** @type {unknown[]} */ ([]) }));
  }

  /** @param {any} known @returns {number | string} */
  of(known) {
    if (known == null) return known === null ? GONE : UNKNOWN;
    const { existences, accessibles, states, fails, others } = this;
    let key = known.exists === undefined ? 0 : textDigit(existences, known.exists);
    if (accessibles !== undefined) key = withDigit(key, textDigit(accessibles, known.accessible));
    if (states !== undefined) key = withDigit(key, textDigit(states, known.state));
    if (fails !== undefined) key = withDigit(key, textDigit(fails, known.fail));
    for (let at = 0; at < others.length; at += 1) key = withDigit(key, digit(others[at].answers, others[at].answer(known)));
    return key === OTHER ? this.written(known) : key;
  }

  /** The key of one with answers that have no digits, or too many of them. @param {any} known */
  written(known) {
    const exists = known.exists === undefined ? true : plain(known.exists);
    const answers = [exists, ...this.questions.map(({ answer }) => answer(known))];
    return answers.map((answer) => (answer === undefined ? "" : JSON.stringify(answer))).join("\n");
  }
}

/** What was given is no facts. */
class FactsError extends Error {}

/** @param {((id: any) => unknown) | undefined} facts @param {unknown} id @returns {any} */
function ask(facts, id) {
  const known = facts?.(id);
  if (known == null) return known;
  if (typeof known !== "object" || Array.isArray(known)) {
    throw new FactsError(`facts: for ${show(id)} it must give an object, null or undefined, and gave ${show(known)}`);
  }
  if (typeof (/** @type {{ then?: unknown }} */ (known).then) === "function") {
    throw new FactsError(`facts: for ${show(id)} it gave a promise: look things up before, a forecast does not wait`);
  }
  return known;
}

/**
 * A question that the contract's checks ask.
 *
 * @typedef {object} Question
 * @property {string} fact
 * @property {(known: any) => unknown} answer what the page knows: a value that is equal for equal answers, or `undefined`
 * @property {(told: Record<string, any>, answer: unknown) => void} tell the answer as the engine reads it
 */

/** @param {readonly [string, string | null]} asked @param {any} caller @returns {Question} */
function question([fact, part], caller) {
  switch (fact) {
    case "owner":
      return {
        fact,
        answer: ({ owned, owner }) => {
          if (typeof owned === "boolean") return owned;
          if (owner === undefined || (owner !== null && caller?.id === undefined)) return undefined;
          // One who is told of by more than an id cannot be compared.
          if (typeof owner === "object" && owner !== null) return undefined;
          return owner !== null && keyOfId(owner, false) === keyOfId(caller.id, false);
        },
        tell: (told, answer) => (told.owned = answer),
      };
    case "permissions":
      return {
        fact,
        answer: ({ permissions }) => (Array.isArray(permissions) ? permissions.includes(part) : undefined),
        tell: (told, answer) => {
          told.permissions ??= [];
          if (answer === true) told.permissions.push(part);
        },
      };
    case "attributes": {
      const names = segments(part ?? "").map(String);
      return {
        fact,
        answer: ({ attributes }) => {
          if (attributes === undefined || attributes === null || typeof attributes !== "object") return undefined;
          let value = attributes;
          for (const name of names) value = value !== null && typeof value === "object" && Object.hasOwn(value, name) ? value[name] : undefined;
          return attribute(value);
        },
        tell: (told, answer) => {
          let within = (told.attributes ??= {});
          if (answer === ABSENT) return;
          for (const name of names.slice(0, -1)) within = within[name] ??= {};
          within[/** @type {string} */ (names.at(-1))] = answer instanceof Written ? answer.value : answer;
        },
      };
    }
    default:
      return {
        fact,
        answer: (known) => plain(known[fact]),
        tell: (told, answer) => (told[fact] = answer),
      };
  }
}

/** @param {unknown} value */
function plain(value) {
  return value === null || typeof value === "string" || typeof value === "boolean" ? value : undefined;
}

/** An attribute that is known not to be there; written as no attribute is. */
const ABSENT = Object.freeze({ toJSON: () => [] });

/** An attribute as a value that is equal for equal attributes; what JSON cannot hold exactly is not known. @param {any} value */
function attribute(value) {
  switch (typeof value) {
    case "undefined":
      return ABSENT;
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : undefined;
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
    case "object":
      return value === null ? null : Written.of(value);
    default:
      return undefined;
  }
}

/** An attribute that is an object or an array: equal to another by what is written. */
class Written {
  /** @param {object} value @returns {Written | undefined} nothing where it cannot be written */
  static of(value) {
    const { text, unwritable } = write(value, "");
    return unwritable.length > 0 || text === "" ? undefined : new Written(text);
  }

  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.value = JSON.parse(text);
  }

  toJSON() {
    return [this.text];
  }
}

/** @param {any} known @param {readonly Question[]} questions @returns {Told} */
function tell(known, questions) {
  if (known === undefined) return {};
  if (known === null || known.exists === null || known.exists === false) return null;
  /** @type {Record<string, unknown>} */
  const told = {};
  if (known.exists === undefined || known.exists === true) told.exists = true;
  for (const each of questions) {
    const answer = each.answer(known);
    if (answer !== undefined) each.tell(told, answer);
  }
  return told;
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
    byId.set(keyOfId(idOf(row), false), { accessible: true, ...row });
  }
  return (/** @type {unknown} */ id) => byId.get(keyOfId(id, false));
}

/** @param {unknown} value */
export function show(value) {
  if (typeof value === "string") return `\`${value}\``;
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value === "object" ? "an object" : String(value);
}
