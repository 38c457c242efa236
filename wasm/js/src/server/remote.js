/** A mock behind a URL: a running server, or one session of it. What a test does to it beside calling it. */

import { MockError } from "../mock/errors.js";

export class RemoteMock {
  /**
   * @param {string} url
   * @param {{ name?: string, tokens?: Readonly<Record<string, string>>, end?: () => Promise<void> }} [session]
   */
  constructor(url, session = {}) {
    /** @readonly Where it answers, without a slash at the end. */
    this.url = url.replace(/\/$/, "");
    /** @readonly The session's name; undefined for the world that all share. */
    this.session = session.name;
    /** @readonly Tokens of the session's callers, where it has any. */
    this.tokens = Object.freeze({ ...session.tokens });
    this.#end = session.end;
    /** Who and what exists. */
    this.world = Object.freeze({
      read: (/** @type {string} */ contract) => this.#do("GET", narrowed("world", contract)),
      replace: (/** @type {unknown} */ world, /** @type {string} */ contract) => this.#do("PUT", narrowed("world", contract), world),
      patch: (/** @type {unknown} */ world) => this.#do("PATCH", "world", world),
      reset: (/** @type {string} */ contract) => this.#do("DELETE", narrowed("world", contract)),
    });
    /** Its time. */
    this.clock = Object.freeze({
      now: async () => new Date((await this.#do("GET", "clock")).now),
      advance: async (/** @type {number} */ seconds) => new Date((await this.#do("POST", "clock", { advance: seconds })).now),
    });
  }

  #end;

  /**
   * Begins a session on this server: a world of its own, at an address of its own.
   *
   * @param {string} [name] made up where it is left out
   * @returns {Promise<RemoteMock>}
   */
  async begin(name) {
    const made = await this.#do("POST", "sessions", name === undefined ? undefined : { name });
    if (made.url === null) throw new Error(`the session ${made.name} has no address of its own: ${made["no-url"]}`);
    const end = async () => {
      await this.#do("DELETE", `sessions/${encodeURIComponent(made.name)}`);
    };
    return new RemoteMock(made.url, { name: made.name, tokens: tokensOf(made.tokens), end });
  }

  /** Ends this session; what is no session has nothing to end. */
  async end() {
    await this.#end?.();
    this.#end = undefined;
  }

  /** What was deleted, orphaned and changed since the beginning. @param {string} [contract] */
  changes(contract) {
    return this.#do("GET", narrowed("changes", contract));
  }

  /** Who deleted what, when, and what came of it. @param {string} [contract] */
  async audit(contract) {
    return (await this.#do("GET", narrowed("audit", contract))).entries;
  }

  /** Everything back to the start. */
  async reset() {
    await this.#do("POST", "reset");
  }

  /** @param {{ caller: string, contract: string, scopes?: readonly string[], expiresIn?: number }} wish @returns {Promise<string>} */
  async token({ expiresIn, ...wish }) {
    return (await this.#do("POST", "tokens", { ...wish, ...(expiresIn === undefined ? {} : { "expires-in": expiresIn }) })).token;
  }

  /**
   * A call of the control API, by what stands behind `/__mock/`.
   *
   * @param {string} method
   * @param {string} call
   * @param {unknown} [body]
   * @returns {Promise<{ status: number, body: any }>}
   */
  async control(method, call, body) {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    const response = await fetch(`${this.url}/__mock/${call}`, { method, ...sent });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  }

  /** @param {string} method @param {string} call @param {unknown} [body] */
  async #do(method, call, body) {
    const answer = await this.control(method, call, body);
    if (answer.status >= 400) throw new MockError(answer.status, answer.body);
    return answer.body;
  }
}

/** @param {string} call @param {string | undefined} contract */
function narrowed(call, contract) {
  return contract === undefined ? call : `${call}?contract=${encodeURIComponent(contract)}`;
}

/** @param {unknown} tokens */
function tokensOf(tokens) {
  return typeof tokens === "object" && tokens !== null ? /** @type {any} */ (tokens) : {};
}
