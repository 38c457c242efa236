/**
 * A request that was checked, not yet sent. It does not change any more; its ids are those it was given, each once.
 */

import { SENT, build } from "./build.js";
import { show } from "./errors.js";
import { held } from "./instance.js";
import { segments } from "./json.js";
import { violations } from "./violation.js";

/** @typedef {import("./build.js").Parts} Parts */
/** @typedef {import("./build.js").Found} Found */
/** @typedef {import("./contract.js").Contract} Contract */
/** @typedef {import("./instance.js").Instance} Instance */
/** What a request is built from, by name. @typedef {Readonly<Record<string, unknown>>} Given */
/** @typedef {{ instance: Instance, request: number }} Held */

export class Call {
  /** @type {Contract} */
  #contract;
  /** @type {Parts} */
  #parts;
  /** @type {Given | (() => Given)} */
  #given;
  /** Its number in an instance; none before it is wanted. @type {Held | undefined} */
  #held;
  /** @type {readonly unknown[] | undefined} */
  #ids;
  /** @type {unknown[] | undefined} */
  #list;
  #count = 0;

  /**
   * @param {Contract} contract
   * @param {Parts} parts
   * @param {Given | (() => Given)} given what a request like it is built from, with other ids; a function for a request that was
   *   made elsewhere: as a rule nobody asks that of it, nor its ids, but only whether it is valid
   * @param {readonly Found[]} found what was found while it was built
   */
  constructor(contract, parts, given, found) {
    this.#contract = contract;
    this.#parts = parts;
    this.#given = given;
    /** Whether what was given is what is sent. @readonly */
    this.isAsGiven = found.length === 0;
    const broken = contract.engine.with((instance) =>
      typeof given === "function" ? validate(contract, instance, parts) : this.#check(instance),
    );
    /** What is wrong with it; empty where it is valid. @readonly */
    this.violations = violations(found, broken, contract.messages);
    Object.freeze(this);
  }

  /** Has it checked and kept. @param {Instance} instance @returns {readonly Found[]} */
  #check(instance) {
    const { request, output } = instance.check(this.#contract.in(instance), headOf(this.#parts), this.#parts.body);
    if (request === null) return stray(this.#contract, this.#parts);
    this.#held = { instance, request };
    this.#count = output.count;
    held?.register(this, this.#held);
    return output.violations;
  }

  /** Whether it was made by this contract, or by one that was loaded from the same documents. @param {Contract} contract */
  isOf(contract) {
    return this.#contract === contract || this.#contract.isLike(contract);
  }

  /** Its number in the instance, which may be a new one. @param {Instance} instance */
  in(instance) {
    if (this.#held?.instance !== instance) this.#check(instance);
    return /** @type {Held} */ (this.#held).request;
  }

  /** The ids that it names, each once, in their order. */
  get ids() {
    return (this.#ids ??= Object.freeze(this.list.slice()));
  }

  /**
   * The same for the package itself, which changes nothing in it: what is frozen is read several times as slowly.
   *
   * @type {readonly unknown[]}
   */
  get list() {
    return (this.#list ??= this.#read());
  }

  #read() {
    const given = typeof this.#given === "function" ? undefined : this.#given.ids;
    if (Array.isArray(given)) {
      // What cannot be sent as it is must not be taken for what would arrive: `a,b` is not `a` and `b`.
      if (this.#count === 0 || !this.isAsGiven) return [...new Set(given)];
      if (given.length === this.#count) return given.slice();
    }
    const ids = this.#contract.engine.with((instance) => instance.ids(this.in(instance)));
    return ids.map((id) => (typeof id === "string" ? id : integer(id[0])));
  }

  /**
   * The request, for `fetch` and whatever else sends it.
   *
   * @param {string | URL} [baseUrl] what stands before the path
   */
  toRequest(baseUrl = "") {
    if (typeof baseUrl !== "string" && !(baseUrl instanceof URL)) throw new TypeError(`baseUrl: it must be a text or a URL, and is ${show(baseUrl)}`);
    const { path, query, headers, body } = this.#parts;
    const url = `${String(baseUrl).replace(/\/+$/, "")}${path}${query === undefined ? "" : `?${query}`}`;
    return {
      method: this.#contract.description.method,
      url,
      headers: Object.fromEntries(headers.map(([name, value]) => [NAMES[name] ?? name, value])),
      ...(body.length > 0 && { body: typeof body === "string" ? body : body.slice() }),
    };
  }

  /** Another path with what its own names, as far as it is named in both. @param {string} template with `{name}` for what it names */
  pathTo(template) {
    const given = this.#named();
    // Nothing was accepted of a call with what cannot be written: half a character, or no scalar.
    const text = (/** @type {unknown} */ value) => (typeof value === "object" ? "-" : String(value).replace(/\p{Surrogate}/gu, "\ufffd"));
    const encode = (/** @type {unknown} */ value) => encodeURIComponent(text(value));
    return template.replace(/\{([^}]+)\}/g, (whole, name) => (Object.hasOwn(given, name) ? encode(given[name]) : whole));
  }

  /** What it is built from, by name. @returns {Given} */
  #named() {
    if (typeof this.#given === "function") this.#given = this.#given();
    return this.#given;
  }

  /** The same request for other ids. @param {readonly unknown[]} ids @returns {Call} */
  with(ids) {
    return Call.build(this.#contract, { ...this.#named(), ids });
  }

  /** @param {Contract} contract @param {Given} given */
  static build(contract, given) {
    const { parts, found } = build(contract.description, given);
    return new Call(contract, parts, Object.freeze(given), found);
  }
}

/** Has a request checked without its being kept. @param {Contract} contract @param {Instance} instance @param {Parts} parts @returns {readonly Found[]} */
export function validate(contract, instance, parts) {
  const number = contract.in(instance);
  const { head, body } = parts;
  if (head !== undefined && body.length > 0) {
    // What is the same before every body is looked at once, and costs as much as a small body.
    head.isBlameless ??= instance.validate(number, head.written, "0")?.length === instance.checkBody(number, "0").length;
    if (head.isBlameless) return instance.checkBody(number, body);
  }
  return instance.validate(number, headOf(parts), body) ?? stray(contract, parts);
}

/** What stands before a body, as the engine reads it. @param {Parts} parts */
function headOf(parts) {
  return parts.head?.written ?? writeHead(parts);
}

/** @param {Parts} parts */
export function writeHead({ path, query, headers }) {
  let head = `${path}\n${query ?? "?"}`;
  for (const [name, value] of headers) head += `\n${name}:${value}`;
  return head;
}

/** @param {Contract} contract @param {Parts} parts @returns {never} */
function stray({ description }, { path }) {
  throw new TypeError(`path: ${path} is not of this contract, whose path is ${description.path}`);
}

/** Header names as they are usually written. @type {Record<string, string>} */
const NAMES = { "content-type": "Content-Type" };

/** The most digits of an integer that is written out; what is longer stays the text that stood in the request. */
const LONGEST = 4096;

/** An integer as the engine tells it: its digits, or those and an exponent. @param {string} text */
export function integer(text) {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  const [, digits = text, exponent = "0"] = /^(-?\d+)[eE]\+?(\d+)$/.exec(text) ?? [];
  if (!/^-?\d+$/.test(digits) || digits.length + Number(exponent) > LONGEST) return text;
  return BigInt(digits + "0".repeat(Number(exponent)));
}

/**
 * What a raw request was built from, so that one like it can be built for other ids.
 *
 * @param {import("./description.js").Description} description
 * @param {Parts} parts
 * @returns {Record<string, unknown>}
 */
export function givenOf(description, parts) {
  /** @type {Record<string, unknown>} */
  const given = {};
  const values = parts.path.split("/");
  description.path.split("/").forEach((part, index) => {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name !== undefined) given[name] = decoded(values[index] ?? "");
  });
  const [idsAt, idsName] = description.ids;
  const sent = { query: /** @type {string[]} */ ([]), body: {} };
  for (const each of parts.query?.split("&") ?? []) {
    const key = decoded(each.replace(/=.*/s, "").replaceAll("+", " ")).replace(/\[\d*\]$/, "");
    if (each !== "" && !(idsAt === "/query" && key === idsName)) sent.query.push(each);
  }
  const query = new URLSearchParams(parts.query ?? "");
  for (const { at, name, list } of description.parameters) {
    if (at === "/query" && query.has(name)) given[name] = list === null ? query.get(name) : query.getAll(name);
    const header = at === "/header" ? parts.headers.find(([own]) => own === name.toLowerCase()) : undefined;
    if (header !== undefined) given[name] = header[1];
  }
  if (description.body !== null && parts.body.length > 0) {
    try {
      const text = typeof parts.body === "string" ? parts.body : new TextDecoder().decode(parts.body);
      const body = (sent.body = JSON.parse(text));
      for (const property of description.properties) {
        if (Object.hasOwn(body, property) && !(property in given)) given[property] = body[property];
      }
    } catch {
      // It is not valid, and nothing is built from it.
    }
  }
  delete given[idsAt === "/body" ? String(segments(idsName)[0]) : idsName];
  return Object.assign(given, { [SENT]: sent });
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
