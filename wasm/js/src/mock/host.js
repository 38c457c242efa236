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

/** A document: its text, or its bytes. @typedef {import("../boundary.js").Content} Content */

/**
 * A contract's documents, and its scenarios with their names.
 *
 * @typedef {object} Folder
 * @property {string} name
 * @property {string} place for messages
 * @property {Content} openapi
 * @property {Content} policy
 * @property {Content | undefined} [world]
 * @property {Content | undefined} [start]
 * @property {readonly (readonly [name: string, document: Content])[]} [scenarios]
 * @property {boolean} [isBuiltIn]
 */

/** A document and where it is, for messages. @typedef {{ place: string, text: Content }} Document */

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

/** Something that is wrong with a document; `text` is for people. @typedef {import("../../index.js").Problem & { line?: number | null, text: string }} Finding */

export class Host extends Boundary {
  /** @param {WebAssembly.Module} module */
  constructor(module) {
    super(module, "mockhost");
  }

  /** @param {Folder} folder */
  add({ name, place, openapi, policy, world, start, scenarios = [], isBuiltIn = false }) {
    const lengths = this.put([name, place, openapi, policy, world ?? "", start ?? ""]);
    if (world === undefined) lengths[4] = ABSENT;
    if (start === undefined) lengths[5] = ABSENT;
    this.exports.mockhost_add(this.self, ...lengths);
    if (isBuiltIn) this.exports.mockhost_is_built_in(this.self);
    for (const [scenario, document] of scenarios) {
      const [length] = this.put([scenario, document]);
      this.exports.mockhost_add_scenario(this.self, length);
    }
  }

  /** @param {Document} world in the place of the folders' own */
  replaceWorlds({ place, text }) {
    const [length] = this.put([place, text]);
    this.exports.mockhost_replace_worlds(this.self, length);
  }

  /** @param {string} scenario that every session begins with */
  beginWith(scenario) {
    this.put([scenario]);
    this.exports.mockhost_begin_with(this.self);
  }

  /** @param {import("./settings.js").Settings} settings */
  options({ requireSession, sessionIdle, maxSessions, journal, journalBytes, journalTotalBytes, journalBody }) {
    this.exports.mockhost_options(this.self, requireSession, sessionIdle, maxSessions);
    this.exports.mockhost_journal(this.self, journal, journalBytes, journalTotalBytes, journalBody);
  }

  /**
   * Starts it, or tells what is wrong: with documents, or that there is no such scenario among these.
   *
   * @param {Uint8Array} chance 32 bytes
   * @param {boolean} frozen
   * @param {number} now
   * @returns {{ findings: Finding[], scenarios?: undefined } | { findings?: undefined, scenarios: string[] } | undefined}
   */
  start(chance, frozen, now) {
    this.put([chance]);
    const began = this.exports.mockhost_start(this.self, frozen, now, performance.now());
    if (began === 1) return undefined;
    return began === 2 ? { scenarios: this.take() } : { findings: this.take() };
  }

  /**
   * Serves these in the place of what was served before. Where they are wrong, that goes on.
   *
   * @param {readonly Folder[]} folders
   * @param {Document | undefined} world
   * @param {boolean} anew whether the worlds begin anew, as their seed has changed
   * @returns {{ findings: Finding[] } | { kept: boolean }}
   */
  renew(folders, world, anew) {
    this.exports.mockhost_empty(this.self);
    for (const folder of folders) this.add(folder);
    if (world !== undefined) this.replaceWorlds(world);
    const done = this.exports.mockhost_renew(this.self, anew);
    return done === 0 ? { findings: this.take() } : { kept: done === 1 };
  }

  /** Says that sessions may have addresses of their own, beside this port. @param {number} port */
  listens(port) {
    this.exports.mockhost_listens(this.self, port);
  }

  /** Offers an address to the next session that wants one. @param {string} url */
  offer(url) {
    this.put([url]);
    this.exports.mockhost_offer(this.self);
  }

  /** What has become of addresses since it was last asked. @returns {{ url: string, session: string | undefined }[]} without a session: it has ended */
  addressNews() {
    if (!this.exports.mockhost_address_news(this.self)) return [];
    const lines = decoder.decode(this.view()).trimEnd().split("\n");
    return lines.map((line) => {
      const [url, session] = line.slice(1).split(" ");
      return { url, session };
    });
  }

  /** What a server prints when it is ready. @param {string} url @param {"line" | "commands" | "page"} shows */
  startPage(url, shows) {
    this.put([url]);
    this.exports.mockhost_start_page(this.self, ["line", "commands", "page"].indexOf(shows));
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
   * @param {string} [session] at whose address it came in
   * @returns {Answer}
   */
  answer({ method, path, query, headers, body }, now, arrived = ARRIVED, session = undefined) {
    if (session !== undefined) {
      this.put([session]);
      this.exports.mockhost_at_address(this.self);
    }
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
