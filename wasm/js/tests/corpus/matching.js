/**
 * Holds an answer against what a case expects of it. In an expected text, exactly one of these stands for a value of its shape:
 * `{now}` a time, `{request.id}`, `{operation-id}` and `{token}` a generated id, `{number}` a number, `{any}` anything.
 */

import { Inexact, readSource } from "../support/source.js";

/** @typedef {import("../support/source.js").Node} Node */

/** Generated ids are long enough not to be guessed, and safe in a URL and a header. */
const ID = /^[\w.-]{16,}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** @type {Record<string, (value: unknown) => boolean>} */
const SHAPES = {
  "{now}": (value) => typeof value === "string" && TIME.test(value),
  "{request.id}": (value) => typeof value === "string" && ID.test(value),
  "{operation-id}": (value) => typeof value === "string" && ID.test(value),
  "{token}": (value) => typeof value === "string" && ID.test(value),
  "{number}": (value) => ["number", "bigint"].includes(typeof value) || value instanceof Inexact,
  "{any}": () => true,
};

/**
 * Every difference between an answer and what is expected.
 *
 * @param {{ status: number, headers: Record<string, string | null>, body: Node | "none" | undefined }} expected
 * @param {{ status: number, headers: Headers, text: string }} answer
 * @returns {string[]}
 */
export function differences(expected, answer) {
  /** @type {string[]} */
  const found = [];
  if (answer.status !== expected.status) found.push(`status: expected ${expected.status}, got ${answer.status}`);
  for (const [name, value] of Object.entries(expected.headers)) {
    const got = answer.headers.get(name);
    const isNumber = value === "{number}" && /^\d+$/.test(got ?? "");
    if (value === null ? got !== null : !isNumber && got !== value && !(got !== null && SHAPES[value]?.(got))) {
      found.push(`header ${name}: expected ${value}, got ${got}`);
    }
  }
  if (expected.body === "none") {
    if (answer.text !== "") found.push(`body: expected none, got ${answer.text}`);
  } else if (expected.body !== undefined) {
    try {
      compare("", expected.body, readSource(answer.text), found);
    } catch {
      found.push("body: expected JSON");
    }
  }
  if (found.length > 0) found.push(`the whole body: ${answer.text.slice(0, 2000)}`);
  return found;
}

/** @param {string} pointer @param {Node} expected @param {Node} got @param {string[]} found */
function compare(pointer, expected, got, found) {
  if (expected.members !== undefined && got.members !== undefined) {
    for (const [name, member] of expected.members) {
      const other = got.members.get(name);
      if (other === undefined) found.push(`${pointer}: ${name} is missing`);
      else compare(`${pointer}/${name}`, member, other, found);
    }
    for (const name of got.members.keys()) if (!expected.members.has(name)) found.push(`${pointer}: ${name} is not expected`);
  } else if (expected.elements !== undefined && got.elements !== undefined) {
    const { elements } = got;
    if (expected.elements.length !== elements.length) {
      found.push(`${pointer}: expected ${expected.elements.length} elements, got ${elements.length}`);
    }
    expected.elements.forEach((element, index) => elements[index] && compare(`${pointer}/${index}`, element, elements[index], found));
  } else if (!(typeof expected.value === "string" && SHAPES[expected.value]?.(got.value)) && !same(expected, got)) {
    found.push(`${pointer}: expected ${expected.text}, got ${got.text}`);
  }
}

/** @param {Node} one @param {Node} other */
function same(one, other) {
  if (one.text === other.text) return true;
  const isPlain = [one, other].every(({ members, elements, value }) => (members ?? elements) === undefined && !(value instanceof Inexact));
  return isPlain && one.value === other.value;
}
