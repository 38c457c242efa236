/** A contract that was loaded: everything that can be asked of it. */

import { copyOf, iterable, optional, readable } from "./arguments.js";
import { build } from "./build.js";
import { Call, givenOf, integer, validate } from "./call.js";
import { names } from "./description.js";
import { ContractError, EngineError, show } from "./errors.js";
import { forecast } from "./forecast.js";
import { held } from "./instance.js";
import { escape, snapshot, write } from "./json.js";
import { Reader, textual } from "./raw.js";
import { Report, all, keyOf, merge, reported } from "./report.js";
import { settle } from "./settle.js";
import { standard } from "./standard.js";
import { submit } from "./submit.js";
import { track } from "./track.js";
import { violations } from "./violation.js";
import { unlessAborted, waitOf } from "./wait.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./instance.js").Instance} Instance */

/** What stands for a body of which only a part came: it is no JSON. */
const CUT = Uint8Array.of(0x7b);

export class Contract {
  /** Its number in an instance. @type {{ instance: Instance, contract: number } | undefined} */
  #held;
  #documents;
  #reader;

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
    this.#reader = new Reader(this.description);
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
      known[name] = readable(name, () => (Array.isArray(given[name]) ? copyOf(/** @type {unknown[]} */ (given[name])) : snapshot(given[name])));
    }
    return Call.build(this, known);
  }

  /** @param {import("../index.js").RawRequest} request */
  parse(request) {
    const { parts, found } = this.#reader.read("parse", request);
    const { body } = parts;
    // A call does not change any more: not with the memory that it was read from either.
    const own = typeof body === "string" ? parts : { ...parts, body: new Uint8Array(body) };
    return new Call(this, own, () => givenOf(this.description, own), found);
  }

  /** @param {import("../index.js").RawRequest} request @returns {readonly import("../index.js").Violation[]} */
  validate(request) {
    const { parts, found } = this.#reader.read("validate", request);
    const broken = this.engine.with((instance) => validate(this, instance, parts));
    return violations(found, broken, this.messages);
  }

  /** What is wrong with a body by itself. @param {string | Uint8Array} content @returns {readonly import("./build.js").Found[]} */
  checkBody(content) {
    return this.engine.with((instance) => instance.checkBody(this.in(instance), content));
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
    const ids = call.list;
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
      // The connection went while the answer came: what came of it says nothing, and not that it has no body.
      bytes = CUT;
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
    if (ids.length === 0) return [call];
    const largest = Math.min(most, ids.length);
    const count = Math.ceil(ids.length / largest);
    // Where the last part would have fewer than a request must name, all are of one size.
    const isEven = ids.length - largest * (count - 1) < (this.description.least ?? 0);
    const from = (/** @type {number} */ part) => (isEven ? Math.floor((ids.length * part) / count) : largest * part);
    return Array.from({ length: count }, (_, part) => call.with(ids.slice(from(part), from(part + 1))));
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
    // A report may be of several calls, and what another one names is somewhere else.
    const named = new Set(this.#own(call).ids.map((id) => keyOf(id, this.folds)));
    const again = this.#known("report", report).items.filter(
      ({ id, retry, gone }) => gone !== true && (retry === "now" || retry === when) && named.has(keyOf(id, this.folds)),
    );
    return again.length > 0 ? call.with(again.map(({ id }) => id)) : null;
  }

  /** @param {readonly Report[]} reports */
  merge(...reports) {
    const known = reports.map((report, index) => this.#known(`reports[${index}]`, report));
    return merge(known, undefined, this.folds);
  }

  /** @param {Call} call @param {any} [options] */
  async submit(call, options) {
    return submit(this, this.#own(call), optional("options", options));
  }

  /** @param {Report} report @param {any} [options] */
  async track(report, options) {
    const known = this.#known("report", report);
    const given = optional("options", options);
    if (given.call !== undefined) this.#own(given.call);
    return track(this, known, given);
  }

  /** @param {Report} report @param {Iterable<unknown>} listedIds */
  settle(report, listedIds) {
    iterable("listedIds", listedIds, "ids");
    return settle(this.#known("report", report), listedIds);
  }

  /** @param {string} name @param {any} report */
  #known(name, report) {
    /** @type {boolean | undefined} */
    let isText;
    // Where an id cannot be text, it was an integer before it was written as JSON.
    const isOne = (/** @type {any} */ id) => typeof id === "string" && /^-?\d+$/.test(id) && !(isText ??= this.#takes(id));
    const idOf = (/** @type {any} */ id) => (isOne(id) ? integer(id) : id);
    return Report.from(name, report, this.folds, idOf);
  }

  /** Whether an id may be of the type of this one. @param {unknown} id */
  #takes(id) {
    const { parts } = build(this.description, { ids: [id] });
    const broken = this.engine.with((instance) => validate(this, instance, parts));
    return !broken.some(({ pointer, rule }) => rule === "type" && pointer.endsWith("/0"));
  }

  /** @param {Call} call */
  #own(call) {
    if (!(call instanceof Call)) throw new TypeError(`call: it must come from call() or parse(), and is ${show(call)}`);
    if (!call.isOf(this)) throw new TypeError(`call: it is another contract's than ${this.name}`);
    return call;
  }
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

