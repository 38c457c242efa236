/**
 * Bodies that are nothing but a list of ids, where a contract asks nothing of an id but its type: they are as valid as a body
 * with the fewest such ids, which the engine is asked about once. What is not surely like that is not said to be valid here.
 */

import { segments } from "./json.js";

/**
 * @param {import("./contract.js").Contract} contract
 * @returns {(value: unknown) => boolean} whether a body is like one that is valid
 */
export function likeness(contract) {
  const { alike, ids, least, most } = contract.description;
  const [at, pointer] = ids;
  if (!alike || at !== "/body") return () => false;
  const name = String(segments(pointer)[0]);
  const fewest = Math.max(least ?? 1, 1);
  const largest = most ?? Infinity;
  /** @type {Map<"" | 0, boolean>} */
  const asked = new Map();
  const isValid = (/** @type {"" | 0} */ id) => {
    let valid = asked.get(id);
    if (valid === undefined) {
      valid = contract.checkBody(JSON.stringify({ [name]: new Array(fewest).fill(id) })).length === 0;
      asked.set(id, valid);
    }
    return valid;
  };
  return (value) => {
    try {
      const list = onlyProperty(value, name);
      if (list === undefined || list.length < fewest || list.length > largest) return false;
      return typeof list[0] === "string" ? areTexts(list) && isValid("") : areIntegers(list) && isValid(0);
    } catch {
      // Who cannot be read is told so where it is written down.
      return false;
    }
  };
}

/** The list that is all there is in an object. @param {unknown} value @param {string} name @returns {readonly unknown[] | undefined} */
function onlyProperty(value, name) {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  for (const other in value) if (other !== name) return undefined;
  const property = Object.getOwnPropertyDescriptor(value, name);
  const list = property?.enumerable ? property.value : undefined;
  // Whoever says how it is written in JSON is asked.
  return Array.isArray(list) && !("toJSON" in list) && !("toJSON" in value) ? list : undefined;
}

/** Whether it holds only text in whole characters. @param {readonly unknown[]} list */
function areTexts(list) {
  // Looking into all of them together takes a tenth of the time. But what ends in half a character could be made whole so.
  let all = "";
  for (let index = 0; index < list.length; index += 1) {
    const each = list[index];
    if (typeof each !== "string" || (each.charCodeAt(each.length - 1) & 0xfc00) === 0xd800) return false;
    all += each;
  }
  return isWellFormed(all);
}

/** Whether it holds only integers, none of them rounded. @param {readonly unknown[]} list */
function areIntegers(list) {
  for (let index = 0; index < list.length; index += 1) {
    if (!Number.isSafeInteger(list[index])) return false;
  }
  return true;
}

const isWellFormed =
  "isWellFormed" in String.prototype
    ? (/** @type {any} */ text) => text.isWellFormed()
    : (/** @type {string} */ text) => !/\p{Surrogate}/u.test(text);
