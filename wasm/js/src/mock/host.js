/** One instance of the mock's module: contract folders in, and requests, and answers out. */

import { Boundary, decoder } from "../boundary.js";

/** The module's length of a document that is not there. */
const ABSENT = 0xffffffff;
/** What the module is told of a body. */
export const ARRIVED = 0;
export const TOO_LARGE = 1;
export const TIMED_OUT = 2;
const NO_BODY = new Uint8Array(0);
/** @type {readonly [string, string][]} */
const NO_HEADERS = Object.freeze([]);

/**
 * A contract's documents as text.
 *
 * @typedef {{ name: string, place: string, openapi: string, policy: string, world?: string | undefined, start?: string | undefined }} Folder
 */

/**
 * A request's parts: headers by their names in lower case, in their order; each character of a value is a byte.
 *
 * @typedef {{ method: string, path: string, query: string | null, headers: Iterable<readonly [string, string]>, body: string | Uint8Array | null }} Parts
 */

/**
 * An answer. `delivery` says how it is to reach the client, where a fault wants that otherwise than at once and whole: after a delay in
 * milliseconds; broken off after so many bytes, in so many pieces with a pause before each but the first, or not at all.
 *
 * @typedef {{ status: number, headers: readonly (readonly [string, string])[], body: Uint8Array, delivery?: Delivery | undefined }} Answer
 * @typedef {{ delay: number, sending: "whole" | "cut" | "slow" | "dropped", parts: number, pause: number }} Delivery
 */

const SENDINGS = /** @type {const} */ (["whole", "cut", "slow", "dropped"]);

/** Something that is wrong with a document; `text` is for people. @typedef {import("../../index.js").Problem & { text: string }} Finding */

export class Host extends Boundary {
  /** @param {WebAssembly.Module} module */
  constructor(module) {
    super(module, "mockhost");
  }

  /** @param {Folder} folder */
  add({ name, place, openapi, policy, world, start }) {
    const lengths = this.put([name, place, openapi, policy, world ?? "", start ?? ""]);
    if (world === undefined) lengths[4] = ABSENT;
    if (start === undefined) lengths[5] = ABSENT;
    this.exports.mockhost_add(this.self, ...lengths);
  }

  /** @param {string} place @param {string} world */
  replaceWorlds(place, world) {
    const [length] = this.put([place, world]);
    this.exports.mockhost_replace_worlds(this.self, length);
  }

  /** @param {import("./settings.js").Settings} settings */
  options({ requireSession, sessionIdle, maxSessions, journal, journalBytes, journalTotalBytes, journalBody }) {
    this.exports.mockhost_options(this.self, requireSession, sessionIdle, maxSessions);
    this.exports.mockhost_journal(this.self, journal, journalBytes, journalTotalBytes, journalBody);
  }

  /** Starts it, or tells what is wrong. @param {Uint8Array} chance 32 bytes @param {boolean} frozen @param {number} now @returns {Finding[]} */
  start(chance, frozen, now) {
    this.put([chance]);
    return this.exports.mockhost_start(this.self, frozen, now, performance.now()) ? [] : this.take();
  }

  /** What a server prints when it is ready. @param {string} url @param {boolean} forPeople */
  startPage(url, forPeople) {
    this.put([url]);
    this.exports.mockhost_start_page(this.self, forPeople);
    return decoder.decode(this.view());
  }

  /** Whether a request finds a contract or the control API. @param {string} method @param {string} path */
  serves(method, path) {
    const [length] = this.put([method, path]);
    return this.exports.mockhost_serves(this.self, length) !== 0;
  }

  /**
   * @param {Parts} request
   * @param {number} now
   * @param {number} [arrived] what became of the body
   * @returns {Answer}
   */
  answer({ method, path, query, headers, body }, now, arrived = ARRIVED) {
    let head = `${method}\n${path}\n${query ?? "?"}\n`;
    for (const [name, value] of headers) head += `${name}:${value}\n`;
    const [length] = this.put([bytes(head), body ?? NO_BODY]);
    const status = this.exports.mockhost_answer(this.self, length, arrived, now, performance.now());
    const view = this.view();
    const end = this.exports.mockhost_head(this.self);
    const told = end === 0 ? NO_HEADERS : read(view.subarray(0, end));
    const delivery = this.exports.mockhost_is_plain(this.self) ? undefined : this.delivery();
    return { status, headers: told, body: view.slice(end), delivery };
  }

  /** @private @returns {Delivery} */
  delivery() {
    const { mockhost_delay: delay, mockhost_sending: sending, mockhost_parts: parts, mockhost_pause: pause } = this.exports;
    const [told] = SENDINGS.slice(sending(this.self));
    return { delay: delay(this.self), sending: told, parts: parts(this.self) >>> 0, pause: pause(this.self) };
  }
}

/** Text of which each character is a byte: as it is where that is also UTF-8. @param {string} text */
function bytes(text) {
  // eslint-disable-next-line no-control-regex
  return /^[\0-\x7f]*$/.test(text) ? text : Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The lines of an answer's head. @param {Uint8Array} head @returns {[string, string][]} */
function read(head) {
  let text = decoder.decode(head);
  // What is no ASCII is told byte by byte, as headers are.
  if (text.length !== head.length) text = Array.from(head, (byte) => String.fromCharCode(byte)).join("");
  const lines = text.split("\n");
  lines.pop();
  return lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1)];
  });
}
