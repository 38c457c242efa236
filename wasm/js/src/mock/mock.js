/** A mock of bulk-delete APIs: requests to it, and what a test does to it beside that. */

import { EngineError, why } from "../errors.js";
import { write } from "../json.js";
import { MockError } from "./errors.js";
import { parts, response, target } from "./request.js";

const decoder = new TextDecoder();
/** Where a request without an origin goes, where there is no page either. */
const SOMEWHERE = "http://localhost/";

export class Mock {
  #host;
  #now;
  /** @type {EngineError | undefined} */
  #gaveUp;

  /**
   * @param {import("./host.js").Host} host
   * @param {() => number} now
   */
  constructor(host, now) {
    this.#host = host;
    this.#now = now;
    /** Who and what exists. */
    this.world = Object.freeze({
      read: (/** @type {string} */ contract) => this.#do("GET", "world", { contract }),
      replace: (/** @type {unknown} */ world, /** @type {string} */ contract) => this.#do("PUT", "world", { contract, body: world }),
      patch: (/** @type {unknown} */ world) => this.#do("PATCH", "world", { body: world }),
      reset: (/** @type {string} */ contract) => this.#do("DELETE", "world", { contract }),
    });
    /** The mock's time. */
    this.clock = Object.freeze({
      now: () => new Date(this.#do("GET", "clock").now),
      advance: (/** @type {number} */ seconds) => new Date(this.#do("POST", "clock", { body: { advance: seconds } }).now),
      set: (/** @type {Date | string} */ now) => new Date(this.#do("POST", "clock", { body: { now: new Date(now).toISOString() } }).now),
    });
    /** Deletions on their way. */
    this.operations = Object.freeze({
      list: (/** @type {string} */ contract) => this.#do("GET", "operations", { contract }).operations,
      succeed: (/** @type {string} */ id) => this.#do("POST", `operations/${encodeURIComponent(id)}`, { body: { state: "succeeded" } }),
      fail: (/** @type {string} */ id, /** @type {string} */ reason) =>
        this.#do("POST", `operations/${encodeURIComponent(id)}`, { body: { state: "failed", fail: reason } }),
    });
    // They are handed to others, as `fetch` is.
    this.fetch = this.fetch.bind(this);
    this.answer = this.answer.bind(this);
  }

  /**
   * Answers every request, as the server does: also those that find nothing.
   *
   * @param {RequestInfo | URL} input
   * @param {RequestInit} [init]
   */
  async fetch(input, init) {
    const request = asRequest(input, init);
    return this.#respond(request, new URL(request.url));
  }

  /**
   * Answers a request to a contract or to the control API; `undefined` for any other, of which nothing is read.
   *
   * @param {Request} request
   */
  async answer(request) {
    return this.serves(request) ? this.#respond(request, new URL(request.url)) : undefined;
  }

  /** Whether a request would find a contract or the control API. @param {{ method: string, url: string }} request */
  serves({ method, url }) {
    return this.#with((host) => host.serves(method, target(new URL(url)).path));
  }

  /** What was deleted, orphaned and changed since the beginning. @param {string} [contract] */
  changes(contract) {
    return this.#do("GET", "changes", { contract });
  }

  /** Who deleted what, when, and what came of it. @param {string} [contract] */
  audit(contract) {
    return this.#do("GET", "audit", { contract }).entries;
  }

  /** What is served. */
  contracts() {
    return this.#do("GET", "contracts").contracts;
  }

  /**
   * A token that the contract's first token credential accepts.
   *
   * @param {{ caller: string, contract: string, scopes?: readonly string[], expiresIn?: number }} wish
   * @returns {string}
   */
  token({ caller, contract, scopes, expiresIn }) {
    return this.#do("POST", "tokens", { body: { caller, contract, scopes, "expires-in": expiresIn } }).token;
  }

  /** Everything back to the start. Tokens that were made stay good. */
  reset() {
    this.#do("POST", "reset");
  }

  /**
   * A call of the control API, by what stands behind `/__mock/`. Whatever is answered is told.
   *
   * @param {string} method
   * @param {string} call
   * @param {unknown} [body]
   * @returns {{ status: number, body: any }}
   */
  control(method, call, body) {
    const { path, query } = target(new URL(`/__mock/${call}`, SOMEWHERE));
    const told = this.answerParts({ method, path, query, headers: [], body: body === undefined ? null : document(body) });
    const text = decoder.decode(told.body);
    const isJson = told.headers.some(([name, value]) => name === "content-type" && value.startsWith("application/json"));
    return { status: told.status, body: isJson ? JSON.parse(text) : text === "" ? undefined : text };
  }

  /**
   * The answer to a request in parts, for those who stand at other doors than the fetch standard's.
   *
   * @param {import("./host.js").Parts} request
   * @param {number} [arrived]
   */
  answerParts(request, arrived) {
    return this.#with((host) => host.answer(request, this.#now(), arrived));
  }

  /** @param {Request} request @param {URL} url */
  async #respond(request, url) {
    request.signal?.throwIfAborted();
    const asked = await parts(request, url);
    request.signal?.throwIfAborted();
    return response(this.answerParts(asked), request.method);
  }

  /**
   * @param {string} method
   * @param {string} call
   * @param {{ contract?: string | undefined, body?: unknown }} [about]
   */
  #do(method, call, { contract, body } = {}) {
    const told = this.control(method, contract === undefined ? call : `${call}?contract=${encodeURIComponent(contract)}`, body);
    if (told.status >= 400) throw new MockError(told.status, told.body);
    return told.body;
  }

  /** @template T @param {(host: import("./host.js").Host) => T} work @returns {T} */
  #with(work) {
    if (this.#gaveUp !== undefined) throw this.#gaveUp;
    try {
      return work(this.#host);
    } catch (cause) {
      // Its memory may hold anything now, and what it remembered cannot be had again.
      this.#gaveUp = new EngineError(`the mock gave up, and its world with it: ${why(cause)}. Make a new one`, cause);
      throw this.#gaveUp;
    }
  }
}

/** @param {RequestInfo | URL} input @param {RequestInit} [init] */
function asRequest(input, init) {
  const isRequest = typeof Request === "function" && input instanceof Request;
  if (isRequest) return init === undefined ? input : new Request(input, init);
  return new Request(new URL(String(input), globalThis.location?.href ?? SOMEWHERE), init);
}

/** A document for the control API. @param {unknown} value */
function document(value) {
  const { text, unwritable } = write(value, "");
  if (typeof value === "string") return value;
  if (unwritable.length === 0) return text;
  const problems = unwritable.map(({ pointer, message }) => ({ document: "body", pointer, message }));
  throw new MockError(400, { error: { message: "the body was refused, and nothing has changed", problems } });
}
