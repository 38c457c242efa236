/** A contract that was loaded: everything that can be asked of it. */

import { copyOf, iterable, optional, readable } from "./arguments.js";
import { Call, givenOf } from "./call.js";
import { names } from "./description.js";
import { ContractError, EngineError } from "./errors.js";
import { show } from "./facts.js";
import { forecast } from "./forecast.js";
import { held } from "./instance.js";
import { escape, write } from "./json.js";
import { Report, all, merge, reported } from "./report.js";
import { settle } from "./settle.js";
import { standard } from "./standard.js";
import { submit } from "./submit.js";
import { track } from "./track.js";
import { violation } from "./violation.js";
import { unlessAborted, waitOf } from "./wait.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./instance.js").Instance} Instance */

export class Contract {
  /** Its number in an instance. @type {{ instance: Instance, contract: number } | undefined} */
  #held;
  #documents;

  /**
   * @param {Engine} engine
   * @param {import("./load.js").Texts} documents
   * @param {import("../index.js").Messages | undefined} messages
   */
  constructor(engine, documents, messages) {
    this.engine = engine;
    this.#documents = documents;
    this.messages = messages;
    /** @type {import("./description.js").Description} */
    this.description = engine.with((instance) => this.#load(instance));
    this.name = this.description.name;
    /** How many ids one request may name; `null` where nothing is said. */
    this.most = this.description.most;
    this.names = names(this.description);
    /** Whether ids that differ in case are the same. */
    this.folds = documents.folds();
    /** The request body, for whatever takes a Standard Schema. */
    this.body = standard(this);
    Object.freeze(this);
  }

  /** @param {Instance} instance */
  #load(instance) {
    const { contract, output } = instance.isLean ? this.#decode(instance) : this.#read(instance);
    this.#held = { instance, contract };
    held?.register(this, this.#held);
    return { following: this.#documents.following, ...output };
  }

  /** @param {Instance} instance @returns {{ contract: number, output: any }} */
  #decode(instance) {
    const { compiled = "" } = this.#documents;
    const { contract, output } = instance.decode(Uint8Array.from(compiled, (character) => character.charCodeAt(0)));
    if (contract !== null) return { contract, output };
    throw new EngineError("this module takes only the package's contracts, of its own version: give it bulk-delete.wasm");
  }

  /** @param {Instance} instance @returns {{ contract: number, output: any }} */
  #read(instance) {
    const { contract, output } = instance.load(...this.#documents.texts());
    if (contract === null) throw new ContractError(output);
    return { contract, output };
  }

  /** Whether it was loaded from the same documents. @param {Contract} other */
  isLike(other) {
    const [own, others] = [this.#documents, other.#documents];
    if (own.compiled !== undefined || others.compiled !== undefined) return own.compiled === others.compiled;
    const [[, openapi, policy], [, otherOpenapi, otherPolicy]] = [own.texts(), others.texts()];
    return openapi === otherOpenapi && policy === otherPolicy;
  }

  /** Its number in the instance, which may be a new one. @param {Instance} instance */
  in(instance) {
    if (this.#held?.instance !== instance) this.#load(instance);
    return /** @type {{ contract: number }} */ (this.#held).contract;
  }

  /** @param {Readonly<Record<string, unknown>>} given */
  call(given) {
    if (typeof given !== "object" || given === null) {
      throw new TypeError(`call: it takes an object of ${[...this.names].join(", ")}, and was given ${show(given)}`);
    }
    /** @type {Record<string, unknown>} */
    const known = {};
    for (const name of Object.keys(given)) {
      if (!this.names.has(name)) {
        throw new TypeError(`${name}: this contract has no such argument, it takes ${[...this.names].join(", ")}`);
      }
      known[name] = readable(name, () => (Array.isArray(given[name]) ? copyOf(/** @type {unknown[]} */ (given[name])) : given[name]));
    }
    return Call.build(this, known);
  }

  /**
   * @param {{ path?: string, query?: any, headers?: any, body?: unknown, text?: string, bytes?: Uint8Array | ArrayBuffer }} request
   */
  parse(request) {
    if (typeof request !== "object" || request === null) throw new TypeError(`parse: it takes a request, and was given ${show(request)}`);
    const { path, query, headers, body, text, bytes } = request;
    if ([body, text, bytes].filter((each) => each !== undefined).length > 1) {
      throw new TypeError("parse: give one of body, text and bytes");
    }
    /** @type {import("./build.js").Found[]} */
    const found = [];
    /** @type {string | Uint8Array} */
    let content = "";
    if (text !== undefined) content = textual("text", text);
    else if (bytes !== undefined) content = binary(bytes);
    else if (body !== undefined) {
      const written = write(body, "/body");
      content = written.text;
      found.push(...written.unwritable);
    }
    const sent = headersOf(headers);
    if (headers === undefined && this.description.body !== null && content.length > 0) {
      sent.push(["content-type", this.description.body[0] ?? "application/json"]);
    }
    const parts = {
      path: path === undefined ? this.#anyPath() : line("path", path),
      query: queryOf(query),
      headers: sent,
      body: content,
    };
    return new Call(this, parts, () => givenOf(this.description, parts), found);
  }

  /** A path that fits, for those who only have a body. */
  #anyPath() {
    return this.description.path.replace(/\{[^}]+\}/g, "-");
  }

  /** @param {string | Uint8Array} content @returns {readonly import("../index.js").Violation[]} */
  checkBody(content) {
    const found = this.engine.with((instance) => instance.checkBody(this.in(instance), content));
    return found.map((/** @type {any} */ each) => violation(each, this.messages));
  }

  /** @param {Call} call @param {{ caller?: any, facts?: (id: any) => unknown }} [knowledge] */
  forecast(call, knowledge) {
    return forecast(this, this.#own(call), optional("knowledge", knowledge));
  }

  /** @param {Call} call @param {{ status: number, headers?: any, body?: unknown, text?: string }} response */
  interpret(call, response) {
    this.#own(call);
    const { status, headers, body, text } = response ?? {};
    // Nought is the status of a response that cannot be looked into.
    if (!Number.isInteger(status) || status < 0 || status > 999) {
      throw new TypeError(`response: its status must be a whole number from 0 to 999, and is ${show(status)}`);
    }
    const content = text === undefined ? contentOf(body) : textual("text", text);
    const told = this.engine.with((instance) =>
      instance.interpret(this.in(instance), call.in(instance), status, content),
    );
    const ids = call.ids;
    if (told.items.length !== ids.length) {
      // The request was no request, so that the engine has no ids of it.
      const isRefused = status >= 300 && status < 500;
      const [outcome, gone] = isRefused ? ["failed", false] : ["unknown", null];
      return all(ids, { outcome, gone, evidence: "inferred", retry: "after-change" }, this.folds);
    }
    const { following } = this.description;
    const path = following && call.pathTo(following.path);
    return reported(told, ids, readable("headers", () => waitOf(headers)), this.folds, path);
  }

  /** @param {Call} call @param {Response} response */
  async read(call, response) {
    return (await this.received(this.#own(call), response)).report;
  }

  /**
   * Reads a response, and whether all of it came.
   *
   * @param {Call} call
   * @param {Response} response
   * @param {AbortSignal} [signal] ends the waiting for what has not come
   */
  async received(call, response, signal) {
    if (typeof response?.arrayBuffer !== "function") {
      throw new TypeError(`response: it must be a Response, and is ${show(response)}`);
    }
    if (response.bodyUsed) throw new TypeError("response: its body was read already: read a clone() of it");
    let bytes = new Uint8Array();
    let isWhole = true;
    try {
      bytes = new Uint8Array(await unlessAborted(response.arrayBuffer(), signal));
    } catch {
      // The connection went while the answer came: what came of it says nothing.
      isWhole = false;
    }
    return { report: this.interpret(call, { status: response.status, headers: response.headers, body: bytes }), isWhole };
  }

  /** @param {Call} call @param {{ size?: number }} [options] @returns {Call[]} */
  batches(call, options) {
    const { size } = optional("options", options);
    const most = Math.floor(Math.min(size ?? Infinity, this.most ?? Infinity));
    if (!(most >= 1)) throw new TypeError(`size: it must be at least 1, and is ${show(size)}`);
    const { ids, violations } = this.#own(call);
    // Parts of what is wrong could be right, and would not be what was asked for.
    if (!violations.every((each) => this.#isCured(each))) return [call];
    const batches = [];
    for (let start = 0; start < ids.length; start += most) batches.push(call.with(ids.slice(start, start + most)));
    return batches.length > 0 ? batches : [call];
  }

  /** Whether it is put right by fewer ids in a request, each of them once. @param {import("../index.js").Violation} violation */
  #isCured({ pointer, rule }) {
    const [at, name] = this.description.ids;
    const where = at === "/body" ? `${at}${name}` : `${at}/${escape(name)}`;
    return pointer === where && (rule === "maxItems" || rule === "uniqueItems");
  }

  /** @param {Call} call @param {Report} report @param {{ when?: "now" | "after-change" }} [options] @returns {Call | null} */
  retry(call, report, options) {
    const { when = "now" } = optional("options", options);
    if (!["now", "after-change"].includes(when)) throw new TypeError(`when: it must be "now" or "after-change", and is ${show(when)}`);
    this.#own(call);
    const again = Report.from("report", report, this.folds).items.filter(
      ({ retry, gone }) => gone !== true && (retry === "now" || (when === "after-change" && retry === "after-change")),
    );
    return again.length > 0 ? call.with(again.map(({ id }) => id)) : null;
  }

  /** @param {readonly Report[]} reports */
  merge(...reports) {
    const known = reports.map((report, index) => Report.from(`reports[${index}]`, report, this.folds));
    return merge(known, undefined, this.folds);
  }

  /** @param {Call} call @param {any} [options] */
  async submit(call, options) {
    return submit(this, this.#own(call), optional("options", options));
  }

  /** @param {Report} report @param {any} [options] */
  async track(report, options) {
    const known = Report.from("report", report, this.folds);
    const given = optional("options", options);
    if (given.call !== undefined) this.#own(given.call);
    return track(this, known, given);
  }

  /** @param {Report} report @param {Iterable<unknown>} listedIds */
  settle(report, listedIds) {
    iterable("listedIds", listedIds, "ids");
    return settle(Report.from("report", report, this.folds), listedIds);
  }

  /** @param {Call} call */
  #own(call) {
    if (!(call instanceof Call)) throw new TypeError(`call: it must come from call() or parse(), and is ${show(call)}`);
    if (!call.isOf(this)) throw new TypeError(`call: it is another contract's than ${this.name}`);
    return call;
  }
}

/** @param {string} name @param {unknown} value */
function textual(name, value) {
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
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes.slice(0));
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`bytes: it must be a Uint8Array or an ArrayBuffer, and is ${show(bytes)}`);
  // A view of a buffer that was given away is empty, and says nothing about it.
  if (/** @type {ArrayBuffer & { detached?: boolean }} */ (bytes.buffer).detached) throw new TypeError("bytes: its buffer was given away");
  // Not `slice`, which of Node's Buffer is a view of the same memory.
  return new Uint8Array(bytes);
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

/** A body as whoever sent the request has it: text, bytes, or read as JSON already. @param {unknown} body */
function contentOf(body) {
  if (body === undefined || body === null) return "";
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  // What has not come yet would read as an empty object.
  const isToCome = readable("body", () => ["then", "getReader", "arrayBuffer"].some((name) => typeof (/** @type {any} */ (body)[name]) === "function"));
  if (isToCome) throw new TypeError("body: it must be here, and is a promise, a stream or a Blob: await what it holds");
  return write(body, "").text;
}

