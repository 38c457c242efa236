/**
 * Requests that somebody else made, read into their parts. What they look like is theirs: nothing is changed to fit, and only what
 * no request can hold is refused.
 */

import { readable } from "./arguments.js";
import { encoder } from "./boundary.js";
import { writeHead } from "./call.js";
import { show } from "./errors.js";
import { write } from "./json.js";

/** @typedef {import("./build.js").Parts} Parts */
/** @typedef {import("./build.js").Found} Found */
/** @typedef {import("./description.js").Description} Description */
/** @typedef {import("../index.js").RawRequest} RawRequest */

/** Reads the requests to one contract. */
export class Reader {
  #description;
  /** What stands around a body of which nothing else is said, with and without one. @type {(Parts | undefined)[]} */
  #around = [];

  /** @param {Description} description */
  constructor(description) {
    this.#description = description;
  }

  /**
   * The parts of a request, whose bytes are still whose they were; and what of it cannot be written.
   *
   * @param {string} who is asked
   * @param {RawRequest} request
   * @returns {{ parts: Parts, found: readonly Found[] }}
   */
  read(who, request) {
    if (typeof request !== "object" || request === null) throw new TypeError(`${who}: it takes a request, and was given ${show(request)}`);
    const { path, query, headers, body, text, bytes } = request;
    if (Number(body !== undefined) + Number(text !== undefined) + Number(bytes !== undefined) > 1) {
      throw new TypeError(`${who}: give one of body, text and bytes`);
    }
    /** @type {readonly Found[]} */
    let found = NOTHING;
    /** @type {string | Uint8Array} */
    let content = "";
    if (text !== undefined) content = textual("text", text);
    else if (bytes !== undefined) content = binary(bytes);
    else if (body !== undefined) ({ text: content, unwritable: found } = write(body, "/body"));
    if (path === undefined && query === undefined && headers === undefined) {
      return { parts: { ...this.#bare(content.length > 0), body: content }, found };
    }
    const sent = headersOf(headers);
    if (headers === undefined) sent.push(...this.#usual(content.length > 0));
    const parts = {
      path: path === undefined ? this.#anyPath() : line("path", path),
      query: queryOf(query),
      headers: sent,
      body: content,
    };
    return { parts, found };
  }

  /** What stands around a body where only that was given. @param {boolean} hasBody */
  #bare(hasBody) {
    const own = (this.#around[Number(hasBody)] ??= { path: this.#anyPath(), query: undefined, headers: this.#usual(hasBody), body: "" });
    own.head ??= { written: encoder.encode(writeHead(own)) };
    return own;
  }

  /** A path that fits, for those who only have a body. */
  #anyPath() {
    return this.#description.path.replace(/\{[^}]+\}/g, "-");
  }

  /** The headers of those who say nothing of them. @param {boolean} hasBody @returns {[string, string][]} */
  #usual(hasBody) {
    const { body } = this.#description;
    return hasBody && body !== null ? [["content-type", body[0] ?? "application/json"]] : [];
  }
}

/** @type {readonly Found[]} */
const NOTHING = Object.freeze([]);

/** @param {string} name @param {unknown} value */
export function textual(name, value) {
  if (typeof value !== "string") throw new TypeError(`${name}: it must be a string, and is ${show(value)}`);
  return value;
}

/** @param {string} name @param {unknown} value */
function line(name, value) {
  const text = textual(name, value);
  if (/[\r\n]/.test(text)) throw new TypeError(`${name}: it must be one line`);
  return text;
}

/** The name of a header. @param {unknown} name */
function token(name) {
  const text = textual("headers", name);
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(text)) throw new TypeError(`headers: no header can be called \`${text}\``);
  return text;
}

/** @param {unknown} bytes */
function binary(bytes) {
  if (!(bytes instanceof ArrayBuffer || bytes instanceof Uint8Array)) throw new TypeError(`bytes: it must be a Uint8Array or an ArrayBuffer, and is ${show(bytes)}`);
  // A view of memory that was given away is empty, and says nothing about it; another view of that cannot be made.
  if (bytes.byteLength === 0) return readable("bytes", () => new Uint8Array("buffer" in bytes ? bytes.buffer : bytes, 0, 0));
  return bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
}

/** @param {unknown} query */
function queryOf(query) {
  if (query === undefined || query === null) return undefined;
  if (query instanceof URLSearchParams) return query.toString();
  return line("query", query).replace(/^\?/, "");
}

/** @param {any} headers @returns {[string, string][]} */
function headersOf(headers) {
  if (headers === undefined || headers === null) return [];
  if (typeof headers !== "object") throw new TypeError(`headers: it must be Headers, pairs or an object, and is ${show(headers)}`);
  return readable("headers", () => {
    const pairs = typeof headers[Symbol.iterator] === "function" ? [...headers] : Object.entries(headers);
    return pairs.map(([name, value]) => [token(name).toLowerCase(), line(`headers.${name}`, String(value))]);
  });
}
