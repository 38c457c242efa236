/** The questions that a contract's checks ask of an item, and what is known of it that answers them. */

import { segments, write } from "./json.js";
import { keyOf } from "./report.js";

/** What is known of a sort of item, for the engine. @typedef {Record<string, unknown> | null} Told */

/**
 * A question that the contract's checks ask.
 *
 * @typedef {object} Question
 * @property {string} fact
 * @property {(known: any) => unknown} answer what the page knows: a value that is equal for equal answers, or `undefined`
 * @property {(told: Record<string, any>, answer: unknown) => void} tell the answer as the engine reads it
 */

/** @param {readonly [string, string | null]} asked @param {any} caller @returns {Question} */
export function question([fact, part], caller) {
  switch (fact) {
    case "owner":
      return {
        fact,
        answer: ({ owned, owner }) => {
          if (typeof owned === "boolean") return owned;
          if (owner === undefined || (owner !== null && caller?.id === undefined)) return undefined;
          // One who is told of by more than an id cannot be compared.
          if (typeof owner === "object" && owner !== null) return undefined;
          return owner !== null && keyOf(owner, false) === keyOf(caller.id, false);
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
export function plain(value) {
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
export function tell(known, questions) {
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
