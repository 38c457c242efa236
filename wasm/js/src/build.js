/**
 * Builds a request from named arguments: each goes where the contract's documents put it. What cannot be put there is a
 * violation; nothing is changed to fit.
 */

import { readable } from "./arguments.js";
import { escape, segments, write } from "./json.js";

/**
 * Under this name stands somebody else's request: its body, and its query without ids. What the contract does not know of them is
 * sent as well, as it may be what keeps things from being deleted.
 */
export const SENT = Symbol("sent");

/**
 * A request as it goes to the engine, and out.
 *
 * @typedef {object} Parts
 * @property {string} path percent-encoded
 * @property {string | undefined} query without its question mark
 * @property {readonly (readonly [string, string])[]} headers names in lower case
 * @property {string | Uint8Array} body empty for none
 * @property {Head} [head] what stands before the body, where many requests have the same
 */

/** @typedef {{ written: Uint8Array, isBlameless?: boolean }} Head as the engine reads it; and whether nothing is wrong with it, once that was asked */

/** @typedef {{ pointer: string, rule: string, message: string, limit?: string, actual?: string, property?: string }} Found */
/** @typedef {import("./description.js").Description} Description */

/**
 * @param {Description} description
 * @param {Readonly<Record<string, unknown>>} given by name; the ids under `ids`
 * @returns {{ parts: Parts, found: Found[] }}
 */
export function build(description, given) {
  /** @type {Found[]} */
  const found = [];
  const [idsAt, idsName] = description.ids;
  const { [SENT]: sent } = /** @type {{ [SENT]?: { query: string[] } }} */ (given);

  let path = description.path;
  /** @type {string[]} */
  const query = [];
  /** @type {[string, string][]} */
  const headers = [];
  for (const parameter of description.parameters) {
    const { at, name } = parameter;
    const isIds = at === idsAt && name === idsName;
    const value = isIds ? given.ids : given[name];
    const where = `${at}/${escape(at === "/header" ? name.toLowerCase() : name)}`;
    if (at === "/path") {
      path = path.replace(`{${name}}`, () => segment(value, where, found));
    } else if (value === undefined || (sent !== undefined && at === "/query" && !isIds)) {
      // Whether it must be there the engine knows; and what was there already is sent as it was.
    } else if (at === "/query") {
      query.push(...inQuery(parameter, value, where, found));
    } else {
      const text = parameter.list === null ? scalar(value, where, found) : list(value, where, found).join(",");
      if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) found.push(bad(where, "must be one line of Latin letters: a header holds no others"));
      else if (text !== text.trim()) found.push(bad(where, "must not begin or end with a blank: it would be left out", text));
      else headers.push([name.toLowerCase(), text]);
    }
  }
  if (sent !== undefined) query.push(...sent.query);
  let body = "";
  if (description.body !== null) {
    headers.push(["content-type", description.body[0] ?? "application/json"]);
    const written = write(bodyOf(description, given), "/body");
    found.push(...written.unwritable);
    body = written.text;
  }
  return { parts: { path, query: query.length > 0 ? query.join("&") : undefined, headers, body }, found };
}

/** @param {Description} description @param {Readonly<Record<string, unknown>>} given */
function bodyOf(description, given) {
  /** @type {Record<string, any>} */
  const body = { .../** @type {{ [SENT]?: { body: object } }} */ (given)[SENT]?.body };
  for (const name of description.properties) {
    // Under `ids` the ids are given, whatever else a contract calls so.
    if (name !== "ids" && given[name] !== undefined && !isParameter(description, name)) body[name] = given[name];
  }
  const [at, pointer] = description.ids;
  if (at === "/body" && given.ids !== undefined) {
    const names = segments(pointer).map(String);
    const last = /** @type {string} */ (names.pop());
    let within = body;
    for (const name of names) {
      const { [name]: inner = {} } = within;
      // Ids cannot stand in what is no object, and the engine says so.
      if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return body;
      // What was given is somebody else's, and stays as it was.
      within = within[name] = readable(name, () => ({ ...inner }));
    }
    within[last] = given.ids;
  }
  return body;
}

/** @param {Description} description @param {string} name */
function isParameter(description, name) {
  return description.parameters.some((parameter) => parameter.name === name);
}

/** @param {unknown} value @param {string} where @param {Found[]} found */
function segment(value, where, found) {
  if (value === undefined) {
    const name = where.slice("/path/".length);
    found.push({ pointer: "/path", rule: "required", message: `must have \`${name}\``, property: name });
    return "-";
  }
  const text = scalar(value, where, found);
  if (text === "" || text === "." || text === "..") {
    // A browser would take it out of the path, and ask for something else.
    found.push(bad(where, "must be a name that can stand in a path", text));
    return "-";
  }
  return encode(text);
}

/**
 * @param {import("./description.js").Parameter} parameter
 * @param {unknown} value
 * @param {string} where
 * @param {Found[]} found
 * @returns {string[]}
 */
function inQuery({ name, list: spelling, commas }, value, where, found) {
  if (spelling === null) return [`${encode(name)}=${encode(scalar(value, where, found))}`];
  const texts = list(value, where, found);
  const told = new Set(found.map(({ pointer }) => pointer));
  texts.forEach((text, index) => {
    if (told.has(`${where}/${index}`)) return;
    if (commas && text.includes(",")) {
      found.push(bad(`${where}/${index}`, "must not hold a comma: it would be read as two", text));
    } else if (text === "") {
      found.push(bad(`${where}/${index}`, "must not be empty: it would be left out", text));
    }
  });
  if (spelling === "commas") return [`${encode(name)}=${texts.map(encode).join(",")}`];
  const named = { repeated: () => name, brackets: () => `${name}[]`, indexed: (/** @type {number} */ at) => `${name}[${at}]` }[
    spelling
  ];
  return texts.map((text, index) => `${encode(named(index))}=${encode(text)}`);
}

/** @param {unknown} value @param {string} where @param {Found[]} found */
function list(value, where, found) {
  if (Array.isArray(value)) return Array.from(value, (each, index) => scalar(each, `${where}/${index}`, found));
  found.push(wrongType(where, "an array", value));
  return [];
}

/** @param {unknown} value @param {string} where @param {Found[]} found */
function scalar(value, where, found) {
  switch (typeof value) {
    case "string":
      if (!/\p{Surrogate}/u.test(value)) return value;
      found.push(bad(where, "must be whole characters: it holds half of one"));
      return "";
    case "boolean":
    case "bigint":
      return String(value);
    case "number":
      if (Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))) return String(value);
      found.push(...write(value, where).unwritable);
      return "";
    default:
      found.push(wrongType(where, "a string", value));
      return "";
  }
}

/** @param {string} pointer @param {"an array" | "a string"} wanted @param {unknown} value @returns {Found} */
function wrongType(pointer, wanted, value) {
  const actual = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const isName = actual === "null" || actual === "undefined";
  const is = isName ? actual : `${/^[aeiou]/.test(actual) ? "an" : "a"} ${actual}`;
  return { pointer, rule: "type", message: `must be ${wanted}, is ${is}`, limit: wanted.replace(/^an? /, ""), actual };
}

/** @param {string} pointer @param {string} message @param {string} [actual] @returns {Found} */
function bad(pointer, message, actual) {
  return { pointer, rule: "unsendable", message, ...(actual === undefined ? {} : { actual }) };
}

/** @param {string} text */
function encode(text) {
  return encodeURIComponent(text);
}
