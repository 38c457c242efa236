/**
 * Writes a JavaScript value as JSON text, and says what JSON has no word for instead of leaving it out or rounding it. Never
 * throws, whatever the value is and does.
 */

import { why } from "./errors.js";

/** How deep it looks; the engine itself refuses less. */
const DEEPEST = 200;
/** The most characters that are written: values that name each other can stand for more than a computer holds. */
const LONGEST = 1 << 26;
/** What any value counts for at least: there is work in it, even where little is written. */
const LEAST = 8;

/** @typedef {{ pointer: string, rule: string, message: string, actual: string }} Unwritable */

/**
 * @param {unknown} value
 * @param {string} pointer where the value stands
 * @returns {{ text: string, unwritable: Unwritable[] }}
 */
export function write(value, pointer) {
  const writer = new Writer();
  const text = writer.write(value, pointer, 0);
  return { text: text ?? "", unwritable: writer.unwritable };
}

/**
 * A copy that does not change with what it is of, where JSON can tell it exactly. What it cannot tell stays as it is.
 *
 * @param {unknown} value
 */
export function snapshot(value) {
  if (typeof value !== "object") return value;
  const { text, unwritable } = write(value, "");
  if (text === "" || unwritable.length > 0) return value;
  const copy = JSON.parse(text);
  // A BigInt may have been rounded.
  return write(copy, "").text === text ? copy : value;
}

class Writer {
  constructor() {
    /** @type {Unwritable[]} */
    this.unwritable = [];
    /** @type {Set<object>} */
    this.within = new Set();
    this.written = 0;
    this.isTooLong = false;
  }

  /**
   * @param {unknown} value
   * @param {string} pointer
   * @param {number} depth
   * @returns {string | undefined} `undefined` for nothing
   */
  write(value, pointer, depth) {
    switch (typeof value) {
      case "string":
        return this.count(JSON.stringify(value));
      case "number":
        return this.number(value, pointer);
      case "boolean":
        return this.count(value ? "true" : "false");
      case "bigint":
        return this.count(String(value));
      case "undefined":
        return undefined;
      case "object":
        if (value === null) return this.count("null");
        return this.object(value, pointer, depth);
      default:
        return this.no(pointer, "not-json", `must be JSON, is a ${typeof value}`, typeof value);
    }
  }

  /** @param {string} text */
  count(text) {
    this.written += Math.max(text.length, LEAST);
    return text;
  }

  /** @param {number} value @param {string} pointer */
  number(value, pointer) {
    if (!Number.isFinite(value)) {
      return this.no(pointer, "not-json", `must be JSON, is ${value}`, String(value));
    }
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      const message = "must be exact: a number beyond 2^53 is rounded. Give it as a BigInt, or as text";
      return this.no(pointer, "unsafe-integer", message, String(value));
    }
    return this.count(JSON.stringify(value));
  }

  /** @param {object} value @param {string} pointer @param {number} depth */
  object(value, pointer, depth) {
    if (depth > DEEPEST) return "null";
    if (this.count("{}") && this.written > LONGEST) return this.tooLong(pointer);
    if (this.within.has(value)) return this.no(pointer, "not-json", "must be JSON, holds itself", "object");
    this.within.add(value);
    try {
      return this.contents(value, pointer, depth);
    } catch (cause) {
      return this.no(pointer, "not-json", `must be JSON, could not be read: ${why(cause)}`, "object");
    } finally {
      this.within.delete(value);
    }
  }

  /** @param {any} value @param {string} pointer @param {number} depth @returns {string | undefined} */
  contents(value, pointer, depth) {
    if (typeof value.toJSON === "function") {
      // What it gives may have one as well, and so on.
      if (depth === DEEPEST) return this.no(pointer, "not-json", "must be JSON, its toJSON comes to no end", "object");
      return this.write(value.toJSON(), pointer, depth + 1);
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean || value instanceof BigInt) {
      return this.write(value.valueOf(), pointer, depth + 1);
    }
    if (Array.isArray(value)) return this.array(value, pointer, depth);
    if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      const kind = value.constructor.name;
      return this.no(pointer, "not-json", `must be JSON, is a ${kind}: give an array or a plain object`, kind);
    }
    const parts = [];
    for (const name of Object.keys(value)) {
      const text = this.write(value[name], `${pointer}/${escape(name)}`, depth + 1);
      if (text !== undefined) parts.push(`${this.count(JSON.stringify(name))}:${text}`);
    }
    return `{${parts.join(",")}}`;
  }

  /** @param {unknown[]} values @param {string} pointer @param {number} depth */
  array(values, pointer, depth) {
    if (isPlain(values)) return this.count(JSON.stringify(values));
    const parts = [];
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index];
      const at = `${pointer}/${index}`;
      const text = value === undefined ? undefined : this.write(value, at, depth + 1);
      parts.push(text ?? this.no(at, "not-json", "must be JSON, is undefined", "undefined"));
      if (this.unwritable.length > 1000 || this.isTooLong) break;
    }
    return `[${parts.join(",")}]`;
  }

  /** @param {string} pointer */
  tooLong(pointer) {
    // Once is enough: everything behind it would be too much as well.
    if (this.isTooLong) return "null";
    this.isTooLong = true;
    return this.no(pointer, "not-json", "must be shorter: the value goes on and on", "object");
  }

  /** @param {string} pointer @param {string} rule @param {string} message @param {string} actual */
  no(pointer, rule, message, actual) {
    this.unwritable.push({ pointer, rule, message, actual });
    return "null";
  }
}

/**
 * Whether an array holds only strings, or only safe integers: then the platform writes it, which is the usual case and much
 * faster.
 *
 * @param {unknown[]} values
 */
function isPlain(values) {
  const first = typeof values[0];
  if ((first !== "string" && first !== "number") || "toJSON" in values) return false;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value !== first || (first === "number" && !Number.isSafeInteger(value))) return false;
  }
  return true;
}

/** A name as a part of a JSON Pointer. @param {string} name */
export function escape(name) {
  return name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}

/** The names in a JSON Pointer; whole numbers as numbers, as far as these are exact. @param {string} pointer @returns {(string | number)[]} */
export function segments(pointer) {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((name) => (/^(0|[1-9]\d{0,14})$/.test(name) ? Number(name) : name.replaceAll("~1", "/").replaceAll("~0", "~")));
}
