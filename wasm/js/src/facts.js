/**
 * Facts as a page has them, sorted: items that answer a contract's questions alike are decided alike, so that the engine is
 * asked once for each sort.
 */

import { callback, iterable, readable } from "./arguments.js";
import { why } from "./errors.js";
import { segments, write } from "./json.js";
import { OTHER, digit, withDigit } from "./digits.js";
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
 * @returns {{ sorts: { told: Told, count: number }[], of: Uint32Array }} the sorts, and which of them each item is of
 */
export function sort(description, ids, facts, caller) {
  const questions = description.facts.filter(([fact]) => fact !== "exists").map((asked) => question(asked, caller));
  /** @type {{ told: Told, count: number }[]} */
  const sorts = [];
  /** @type {Map<number | string, number>} */
  const places = new Map();
  const of = new Uint32Array(ids.length);
  /** What was answered: whether it exists, then each question. @type {unknown[]} */
  const answers = new Array(questions.length + 1).fill(undefined);
  /** By question: the answers that have digits of their own. @type {unknown[][]} */
  const digits = answers.map(() => []);
  /** @type {number | string} */
  let before = -1;
  let place = 0;
  for (let index = 0; index < ids.length; index += 1) {
    /** @type {number | string} */
    let key = 0;
    try {
      const known = ask(facts, ids[index]);
      answers[0] = known == null ? known : known.exists === undefined ? true : known.exists;
      if (known == null) {
        key = known === null ? GONE : UNKNOWN;
        answers.fill(undefined, 1);
      } else {
        key = digit(digits[0], answers[0]);
        for (let at = 1; at < answers.length; at += 1) {
          const own = answer(questions[at - 1], known);
          answers[at] = own;
          key = withDigit(key, digit(digits[at], own));
        }
        if (key === OTHER) key = keyOf(answers);
      }
    } catch (cause) {
      if (cause instanceof FactsError) throw new TypeError(cause.message);
      throw new TypeError(`facts: it failed for ${show(ids[index])}: ${why(cause)}`, { cause });
    }
    if (key !== before) {
      before = key;
      place = places.get(key) ?? sorts.length;
      if (place === sorts.length) {
        places.set(key, place);
        sorts.push({ told: tell(answers, questions), count: 0 });
      }
    }
    sorts[place].count += 1;
    of[index] = place;
  }
  return { sorts, of };
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

/** @param {readonly unknown[]} answers */
function keyOf(answers) {
  return answers.map((answer) => (answer === undefined ? "" : JSON.stringify(answer))).join("\n");
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
          return owner !== null && owner === caller.id;
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

/**
 * What the page knows of an item. The usual facts are read by their own names here and not by the question, because that is
 * many times faster.
 *
 * @param {Question} question
 * @param {any} known
 */
function answer(question, known) {
  switch (question.fact) {
    case "accessible":
      return plain(known.accessible);
    case "state":
      return plain(known.state);
    case "fail":
      return plain(known.fail);
    default:
      return question.answer(known);
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

/** @param {readonly unknown[]} answers @param {readonly Question[]} questions @returns {Told} */
function tell([exists, ...answers], questions) {
  if (exists === null || exists === false) return null;
  /** @type {Record<string, unknown>} */
  const told = {};
  if (exists === true) told.exists = true;
  answers.forEach((answer, at) => {
    if (answer !== undefined) questions[at].tell(told, answer);
  });
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
