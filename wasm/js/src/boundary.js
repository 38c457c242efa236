/**
 * One instance of a module whose boundary is numbers: text and bytes into its memory, bytes out of it. Views of the memory are
 * made anew for each use, because they are stale as soon as it has grown.
 */

import { EngineError, unloaded } from "./errors.js";

// Made with the first instance: a script may import this where neither is there. Nothing is encoded or decoded before that.
/** @type {TextEncoder} */
export let encoder;
/** @type {TextDecoder} */
export let decoder;

/** Text, or bytes. @typedef {string | Uint8Array} Content */

export class Boundary {
  /**
   * @param {WebAssembly.Module} module
   * @param {string} kind of what is behind the boundary, as its exports begin
   */
  constructor(module, kind) {
    /** @type {Record<string, Record<string, () => void>>} */
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      // Either the table of JavaScript values, of which there are none, or what is called before it gives up.
      (imports[from] ??= {})[name] = name.includes("throw") ? gaveUp : () => {};
    }
    try {
      encoder ??= new TextEncoder();
      decoder ??= new TextDecoder();
      /** @type {any} */
      this.exports = new WebAssembly.Instance(module, imports).exports;
    } catch (cause) {
      // WebKit compiles where a page's policy forbids WebAssembly, and refuses only here.
      throw unloaded(kind === "engine" ? "the engine" : "the mock", cause);
    }
    this.exports.__wbindgen_start?.();
    /** What the exports are told to work on. @type {number} */
    this.self = this.exports[`${kind}_new`]();
    /** @private */
    this.names = { input: `${kind}_input`, output: `${kind}_output`, length: `${kind}_length` };
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
    if (lengths === null) throw new EngineError("the module's memory has no room for the request");
    return lengths;
  }

  /** @private @param {readonly Content[]} contents @returns {number[] | null} nothing where text needs more than a byte a character */
  write(contents) {
    let room = 0;
    for (const content of contents) room += content.length;
    const address = this.exports[this.names.input](this.self, room) >>> 0;
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

  /** The output where it stands, until the next call. */
  view() {
    const length = this.exports[this.names.length](this.self) >>> 0;
    return new Uint8Array(this.exports.memory.buffer, this.exports[this.names.output](this.self) >>> 0, length);
  }

  /** The output, read as JSON; `undefined` where there is none. */
  take() {
    const view = this.view();
    return view.length === 0 ? undefined : JSON.parse(decoder.decode(view));
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

/** Whether a text has no half characters. @param {string} text */
export function isWellFormed(text) {
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
  const bytes = new Uint8Array(text.length * 3);
  let [start, end] = [0, 0];
  for (const { index } of text.matchAll(/\p{Surrogate}/gu)) {
    const code = text.charCodeAt(index);
    end += encoder.encodeInto(text.slice(start, index), bytes.subarray(end)).written;
    bytes.set([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)], end);
    end += 3;
    start = index + 1;
  }
  end += encoder.encodeInto(text.slice(start), bytes.subarray(end)).written;
  return bytes.subarray(0, end);
}
