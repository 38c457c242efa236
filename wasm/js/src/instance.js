/**
 * One instance of the engine's module: text and bytes into its memory, JSON out of it. Views of the memory are made anew
 * for each use, because they are stale as soon as it has grown.
 */

import { EngineError } from "./errors.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** The engine's number for nothing. */
const NONE = 0xffffffff;
/** @type {readonly never[]} */
const NOTHING = Object.freeze([]);

/** Text, or bytes. @typedef {string | Uint8Array} Content */

export class Instance {
  /** @param {WebAssembly.Module} module */
  constructor(module) {
    /** @type {Record<string, Record<string, () => void>>} */
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      // Either the table of JavaScript values, of which the engine has none, or what is called before it gives up.
      (imports[from] ??= {})[name] = name.includes("throw") ? gaveUp : () => {};
    }
    const { exports } = new WebAssembly.Instance(module, imports);
    /** @type {any} */
    this.exports = exports;
    this.exports.__wbindgen_start?.();
    this.engine = this.exports.engine_new();
  }

  /**
   * Writes these, one behind the other, and tells how long each is in bytes.
   *
   * @param {readonly Content[]} contents
   * @returns {number[]}
   */
  put(contents) {
    // Most text is ASCII. What does not fit is seen below, and is encoded beforehand: then it is known how long it is.
    const lengths = this.write(contents) ?? this.write(contents.map(encode));
    if (lengths === null) throw new EngineError("the engine's memory has no room for the request");
    return lengths;
  }

  /** @private @param {readonly Content[]} contents @returns {number[] | null} nothing where text needs more than a byte a character */
  write(contents) {
    let room = 0;
    for (const content of contents) room += content.length;
    const address = this.exports.engine_input(this.engine, room) >>> 0;
    const memory = new Uint8Array(this.exports.memory.buffer, address, room);
    const lengths = [];
    let end = 0;
    for (const content of contents) {
      const start = end;
      if (typeof content !== "string") {
        memory.set(content, start);
        end += content.length;
      } else {
        if (!isWellFormed(content)) return null;
        const { read, written } = encoder.encodeInto(content, start === 0 ? memory : memory.subarray(start));
        if (read < content.length) return null;
        end += written;
      }
      lengths.push(end - start);
    }
    return lengths;
  }

  /** The engine's output, read as JSON; `undefined` where there is none. */
  take() {
    const length = this.exports.engine_length(this.engine) >>> 0;
    if (length === 0) return undefined;
    const address = this.exports.engine_output(this.engine) >>> 0;
    return JSON.parse(decoder.decode(new Uint8Array(this.exports.memory.buffer, address, length)));
  }

  /**
   * @param {string} name
   * @param {string} openapi
   * @param {string} policy
   * @returns {{ contract: number | null, output: any }}
   */
  load(name, openapi, policy) {
    const [one, two, three] = this.put([name, openapi, policy]);
    const contract = this.exports.engine_load(this.engine, one, two, three) >>> 0;
    return { contract: contract === NONE ? null : contract, output: this.take() };
  }

  /** Whether it takes what was compiled, and no documents. */
  get isLean() {
    return this.exports.engine_decode !== undefined;
  }

  /** @param {Uint8Array} compiled @returns {{ contract: number | null, output: any }} */
  decode(compiled) {
    this.put([compiled]);
    const contract = this.exports.engine_decode(this.engine) >>> 0;
    return { contract: contract === NONE ? null : contract, output: this.take() };
  }

  /**
   * @param {number} contract
   * @param {string} head
   * @param {Content} body
   * @returns {{ request: number | null, output: any }}
   */
  check(contract, head, body) {
    const [length] = this.put([head, body]);
    const request = this.exports.engine_check(this.engine, contract, length) >>> 0;
    return { request: request === NONE ? null : request, output: this.take() };
  }

  /**
   * What is wrong with a request, of which nothing is kept; `null` where the path is not the contract's.
   *
   * @param {number} contract
   * @param {string} head
   * @param {Content} body
   * @returns {readonly any[] | null}
   */
  validate(contract, head, body) {
    const [length] = this.put([head, body]);
    const count = this.exports.engine_validate(this.engine, contract, length) >>> 0;
    return count === 0 ? NOTHING : count === NONE ? null : this.take();
  }

  /** @param {number} contract @param {Content} body @returns {readonly any[]} */
  checkBody(contract, body) {
    this.put([body]);
    return this.exports.engine_check_body(this.engine, contract) === 0 ? NOTHING : (this.take() ?? NOTHING);
  }

  /** @param {number} request @returns {(string | [string])[]} */
  ids(request) {
    this.exports.engine_ids(this.engine, request);
    return this.take() ?? [];
  }

  /** @param {number} contract @param {number} request @param {string} facts */
  forecast(contract, request, facts) {
    this.put([facts]);
    this.exports.engine_forecast(this.engine, contract, request);
    return this.take();
  }

  /** @param {number} contract @param {number} request @param {number} status @param {Content} body */
  interpret(contract, request, status, body) {
    this.put([body]);
    this.exports.engine_interpret(this.engine, contract, request, status);
    return this.take();
  }

  /** @param {number} request */
  forgetRequest(request) {
    this.exports.engine_forget_request(this.engine, request);
  }

  /** @param {number} contract */
  forgetContract(contract) {
    this.exports.engine_forget_contract(this.engine, contract);
  }
}

function gaveUp() {
  throw new EngineError("the engine gave up");
}

/** @param {Content} content */
function encode(content) {
  if (typeof content !== "string") return content;
  return isWellFormed(content) ? encoder.encode(content) : encodeAsItIs(content);
}

/** @param {string} text */
function isWellFormed(text) {
  const method = /** @type {{ isWellFormed?: () => boolean }} */ (/** @type {unknown} */ (text)).isWellFormed;
  return method === undefined ? !/\p{Surrogate}/u.test(text) : method.call(text);
}

/**
 * Encodes half characters as they are, which is no UTF-8: the engine finds the mistake and tells where it is, instead of
 * reading a character that nobody has written.
 *
 * @param {string} text
 */
function encodeAsItIs(text) {
  /** @type {number[]} */
  const bytes = [];
  for (const character of text) {
    const code = /** @type {number} */ (character.codePointAt(0));
    if (code < 0xd800 || code > 0xdfff) bytes.push(...encoder.encode(character));
    else bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
  return Uint8Array.from(bytes);
}
