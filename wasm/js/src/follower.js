/** Asks a contract's own server how operations go: the requests for it, and what stands in the answers. */

import { callback } from "./arguments.js";
import { show, why } from "./errors.js";
import { segments } from "./json.js";
import { isAddress, unlessAborted, waitOf } from "./wait.js";

/** @typedef {import("./description.js").Following} Following */
/** @typedef {import("./track.js").Known} Known */

/** So often in a row an operation may be left out of an answer: it may be too new to be listed yet. */
const MISSES = 3;
/** The longest that it leaves a server alone because it asks for it, in milliseconds. */
const PATIENCE = 60_000;

export class Follower {
  /** What it could not find out. @type {readonly string[]} */
  warnings = [];
  /** For how many milliseconds the server wants to be left alone. */
  wait = 0;
  /** Where operations are asked for, by the operation. @type {Map<string, string>} */
  #paths = new Map();
  /** How often an operation was left out. @type {Map<string, number>} */
  #misses = new Map();
  /** Whether it was refused an answer, so that it need not ask again. */
  #isRefused = false;

  /**
   * @param {import("./contract.js").Contract} contract
   * @param {readonly string[]} operations those that are under way
   * @param {ReadonlyMap<string, string>} paths where they are asked for, as far as it is known
   * @param {any} options
   * @param {AbortSignal | undefined} signal
   */
  constructor(contract, operations, paths, options, signal) {
    const { following } = contract.description;
    if (following === undefined) throw new TypeError("status: it must be a function, as this contract does not say where operations are followed");
    callback("fetch", options.fetch);
    const { baseUrl = "", call } = options;
    if (typeof baseUrl !== "string" && !(baseUrl instanceof URL)) throw new TypeError(`baseUrl: it must be a text or a URL, and is ${show(baseUrl)}`);
    for (const operation of operations) {
      const path = paths.get(operation) ?? call?.pathTo(following.path);
      // A report that was stored does not know any more what was asked.
      if (path === undefined) throw new TypeError("call: it is missing, and the report does not say to which call it is the answer");
      this.#paths.set(operation, path);
    }
    /** @type {Following} */
    this.following = following;
    this.base = String(baseUrl).replace(/\/+$/, "");
    this.options = options;
    this.fetch = options.fetch ?? globalThis.fetch;
    this.signal = signal;
  }

  /** Whether there is no use in asking for it again. @param {string} operation */
  isGivenUp(operation) {
    return this.#isRefused || (this.#misses.get(operation) ?? 0) >= MISSES;
  }

  /** @param {readonly any[]} items @returns {Promise<Known>} */
  async look(items) {
    this.wait = 0;
    /** @type {Known} */
    const known = new Map();
    for (const { url, operations } of this.#requests(items.map(({ operation }) => operation))) {
      if (this.#isRefused || this.signal?.aborted) break;
      const told = await this.#ask(url);
      if (told !== undefined) this.#read(told, operations, known);
    }
    return known;
  }

  /** The requests by which all of these are asked for. @param {readonly string[]} operations */
  *#requests(operations) {
    const { at, most } = this.following;
    for (const path of new Set(operations.map((operation) => this.#paths.get(operation) ?? ""))) {
      const all = operations.filter((operation) => this.#paths.get(operation) === path);
      const size = at === null ? all.length : most;
      for (let start = 0; start < all.length; start += size) {
        const some = all.slice(start, start + size);
        yield { url: this.base + this.#naming(path, some), operations: some };
      }
    }
  }

  /** A path that names these. @param {string} path @param {readonly string[]} operations */
  #naming(path, operations) {
    const { at, spelling } = this.following;
    if (at === null) return path;
    const [place, name] = at;
    const texts = operations.map(encodeURIComponent);
    if (place === "/path") return path.replace(`{${name}}`, () => String(texts[0]));
    const key = encodeURIComponent(name);
    if (spelling === null || spelling === "commas") return `${path}?${key}=${texts.join(",")}`;
    const pairs = texts.map((text, index) => `${key}${{ repeated: "", brackets: "[]", indexed: `[${index}]` }[spelling]}=${text}`);
    return `${path}?${pairs.join("&")}`;
  }

  /** What is answered; `undefined` where nothing was learned. @param {string} url @returns {Promise<unknown>} */
  async #ask(url) {
    const { headers } = this.options;
    try {
      const own = new Headers(typeof headers === "function" ? await unlessAborted(headers(), this.signal) : (headers ?? {}));
      const fetch = this.fetch;
      const response = await unlessAborted(fetch(url, { headers: own, signal: this.signal }), this.signal);
      const { status } = response;
      if (status === 429 || status >= 500) {
        this.wait = Math.min(PATIENCE, Math.max(this.wait, (waitOf(response.headers) ?? 0) * 1000));
      } else if (status >= 400 && status !== 408) {
        this.#refused(url, `was answered ${status}`);
      } else if (status < 300) {
        return await unlessAborted(response.json(), this.signal);
      }
    } catch (cause) {
      // It is asked again, unless it was called off: that nobody answered says nothing about the operations.
      if (!isAddress(url, cause)) this.#refused(url, `is nothing that can be asked: ${why(cause)}`);
    }
    return undefined;
  }

  /** @param {string} url @param {string} told */
  #refused(url, told) {
    this.#isRefused = true;
    this.#warn(`operations are not followed to their end: GET ${url} ${told}`);
  }

  /** @param {unknown} told @param {readonly string[]} operations that were asked for @param {Known} known */
  #read(told, operations, known) {
    const { list, id, state, succeeded, failed, fail } = this.following;
    const entries = list === null ? [told] : at(told, list);
    if (!Array.isArray(entries)) return;
    /** @type {Map<unknown, unknown>} */
    const byId = new Map(entries.map((entry) => [list === null ? operations[0] : String(at(entry, id)), entry]));
    for (const operation of operations) {
      if (!byId.has(operation)) {
        const misses = (this.#misses.get(operation) ?? 0) + 1;
        this.#misses.set(operation, misses);
        if (misses === MISSES) this.#warn(`operation ${operation} is not followed to its end: nobody knows of it any more`);
        continue;
      }
      this.#misses.delete(operation);
      const entry = byId.get(operation);
      const said = at(entry, state);
      if (said === succeeded) known.set(operation, "succeeded");
      if (said === failed) {
        const reason = fail === null ? undefined : at(entry, fail);
        known.set(operation, { failed: typeof reason === "string" ? reason : "The operation failed." });
      }
    }
  }

  /** @param {string} warning */
  #warn(warning) {
    this.warnings = [...this.warnings, warning];
  }
}

/** What stands in a value at a JSON Pointer. @param {any} value @param {string} pointer @returns {unknown} */
function at(value, pointer) {
  return segments(pointer).reduce((within, name) => (typeof within === "object" && within !== null ? within[name] : undefined), value);
}
