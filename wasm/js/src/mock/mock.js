/** A mock of bulk-delete APIs: requests to it, and what a test does to it beside that. */

import { decoder } from "../boundary.js";
import { EngineError, show, why } from "../errors.js";
import { write } from "../json.js";
import { late } from "./deliver.js";
import { MockError } from "./errors.js";
import { readJson } from "./read.js";
import { parts, placed, plain, redirected, response, target } from "./request.js";

/** As the fetch standard has it. */
const MOST_HOPS = 20;
/** Where a request without an origin goes, where there is no page either. */
const SOMEWHERE = "http://localhost/";

export class Mock {
  #host;
  #now;
  #intercept;
  /** @type {EngineError | undefined} */
  #gaveUp;
  /** The URL that was asked last. @type {{ text: string, place: import("./request.js").Place } | undefined} */
  #last;

  /**
   * @param {import("./host.js").Host} host
   * @param {() => number} now
   * @param {import("./create.js").Intercept} intercept
   */
  constructor(host, now, intercept) {
    this.#host = host;
    this.#now = now;
    this.#intercept = intercept;
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
      set: (/** @type {Date | string} */ now) => new Date(this.#do("POST", "clock", { body: { now: time(now) } }).now),
    });
    /** Deletions on their way. */
    this.operations = Object.freeze({
      list: (/** @type {string} */ contract) => this.#do("GET", "operations", { contract }).operations,
      succeed: (/** @type {string} */ id) => this.#do("POST", `operations/${encodeURIComponent(id)}`, { body: { state: "succeeded" } }),
      fail: (/** @type {string} */ id, /** @type {string} */ reason) =>
        this.#do("POST", `operations/${encodeURIComponent(id)}`, { body: { state: "failed", fail: reason } }),
    });
    /** What is to go wrong. */
    this.faults = Object.freeze({
      list: () => this.#do("GET", "faults").faults,
      add: (/** @type {unknown} */ faults) => this.#do("POST", "faults", { body: faults }).faults,
      clear: () => this.#do("DELETE", "faults"),
    });
    /** Named starting points. */
    this.scenarios = Object.freeze({
      list: () => this.#do("GET", "scenarios").scenarios,
      begin: (/** @type {string} */ name) => this.#do("POST", `scenarios/${encodeURIComponent(name)}`),
    });
    /** What was asked and answered. */
    this.journal = Object.freeze({
      entries: (/** @type {Record<string, string | number>} */ filters = {}) =>
        this.#do("GET", `journal?${new URLSearchParams(Object.entries(filters).map(([name, value]) => [name, String(value)]))}`).entries,
      verify: (/** @type {object} */ expected) => this.#do("POST", "journal/verify", { body: expected }),
      clear: () => this.#do("DELETE", "journal"),
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
    const { url, asked, redirect, signal } = await this.#read(input, init);
    return this.#follow(url, asked, redirect, signal);
  }

  /**
   * Answers a request to a contract or to the control API; `undefined` for any other, of which nothing is read.
   *
   * @param {Request} request
   */
  async answer(request) {
    if (!this.serves(request)) return undefined;
    const [, parts] = await this.#asked(request);
    const answer = this.answerParts(parts);
    await late(answer, request.signal);
    return answer.delivery?.sending === "dropped" ? Response.error() : response(answer, request.method, request.signal);
  }

  /** Whether a request would find a contract or the control API. @param {{ method: string, url: string }} request */
  serves(request) {
    const { method, path } = asked(request);
    return this.#with((host) => host.serves(method, path));
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
  token(wish) {
    if (typeof wish !== "object" || wish === null) throw new TypeError(`token: it takes a caller and a contract, and was given ${show(wish)}`);
    const { caller, contract, scopes, expiresIn } = wish;
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
    return { status: told.status, body: isJson ? readJson(text) : text === "" ? undefined : text };
  }

  /** Has the requests of this page, or of this process, answered here until it is stopped. @param {any} [options] */
  intercept(options = {}) {
    return this.#intercept(this, options);
  }

  /**
   * The answer to a request in parts, for those who stand at other doors than the fetch standard's.
   *
   * @param {import("./host.js").Parts} request
   * @param {number} [arrived]
   */
  answerParts(request, arrived) {
    const now = this.#now();
    return this.#with((host) => host.answer(request, now, arrived));
  }

  /** @param {RequestInfo | URL} input @param {RequestInit} [init] */
  async #read(input, init) {
    if (!(typeof Request === "function" && input instanceof Request)) {
      const place = this.#placed(String(input));
      const asked = plain(place, init ?? {});
      if (asked !== undefined) {
        init?.signal?.throwIfAborted();
        return { url: place.url, asked, redirect: init?.redirect, signal: init?.signal ?? undefined };
      }
    }
    const request = asRequest(input, init);
    const [url, asked] = await this.#asked(request);
    return { url, asked, redirect: request.redirect, signal: request.signal };
  }

  /** Where a text leads. Tests ask the same again and again, and to read a URL takes a good part of an answer. @param {string} text */
  #placed(text) {
    if (this.#last?.text === text) return this.#last.place;
    const place = placed(new URL(text, globalThis.location?.href ?? SOMEWHERE));
    // What is not whole leads elsewhere when the page has another address.
    if (URL.canParse(text)) this.#last = { text, place };
    return place;
  }

  /**
   * Answers, and goes where the answer leads.
   *
   * @param {URL} start
   * @param {import("./host.js").Parts} first
   * @param {RequestRedirect | undefined} redirect
   * @param {AbortSignal | undefined} signal
   */
  async #follow(start, first, redirect, signal) {
    let [url, asked] = [start, first];
    for (let hops = 0; ; hops += 1) {
      const answer = this.answerParts(asked);
      if (answer.delivery !== undefined) await late(answer, signal);
      if (answer.delivery?.sending === "dropped") throw new TypeError("fetch failed: the connection ended without an answer");
      const next = redirect === "manual" ? undefined : redirected(answer, asked, url);
      if (next === undefined) return from(url, hops, response(answer, asked.method, signal));
      if (redirect === "error" || hops === MOST_HOPS) throw new TypeError(`${url} leads to ${next.url}, which is not followed`);
      ({ url, asked } = next);
    }
  }

  /** @param {Request} request @returns {Promise<[URL, import("./host.js").Parts]>} */
  async #asked(request) {
    request.signal?.throwIfAborted();
    const url = new URL(request.url);
    const asked = await parts(request, url);
    request.signal?.throwIfAborted();
    return [url, asked];
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
      // Whatever else it is, it was said before the mock was asked.
      if (!(cause instanceof WebAssembly.RuntimeError || cause instanceof EngineError || cause instanceof RangeError)) throw cause;
      // Its memory may hold anything now, and what it remembered cannot be had again.
      this.#gaveUp = new EngineError(`the mock gave up, and its world with it: ${why(cause)}. Make a new one`, cause);
      throw this.#gaveUp;
    }
  }
}

/** Says where an answer comes from, as those do that came over a network. @param {URL} url @param {number} hops @param {Response} answer */
function from(url, hops, answer) {
  const [whole] = url.href.split("#", 1);
  return Object.defineProperties(answer, { url: { value: whole }, redirected: { value: hops > 0 } });
}

/** What a request is about. @param {any} request */
function asked(request) {
  const { method, url } = request ?? {};
  if (typeof method !== "string" || !URL.canParse(String(url))) {
    throw new TypeError(`request: it must have a method and a whole URL, as a Request has, and is ${show(request)}`);
  }
  return { method, path: target(new URL(url)).path };
}

/** @param {Date | string} now */
function time(now) {
  const date = new Date(now);
  if (Number.isNaN(date.getTime())) throw new TypeError(`now: it must be a time, and is ${show(now)}`);
  return date.toISOString();
}

/** @param {RequestInfo | URL} input @param {RequestInit} [init] */
function asRequest(input, init) {
  if (input instanceof Request) return init === undefined ? input : new Request(input, init);
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
