/**
 * The engine: one instance of the module for all contracts of a page. An instance that gave up is thrown away, and the next
 * call has a new one, to which its contract is told again.
 */

import { EngineError, LEFT_OUT, unloaded, why } from "./errors.js";
import { Instance } from "./instance.js";

/** What stands for the module. @typedef {WebAssembly.Module | Response | Uint8Array | ArrayBuffer} Source */

export class Engine {
  /** @param {() => Source | Promise<Source>} source */
  constructor(source) {
    this.source = source;
    /** @type {WebAssembly.Module | undefined} */
    this.module = undefined;
    /** @type {Promise<void> | undefined} */
    this.starting = undefined;
    /** @type {Instance | undefined} */
    this.instance = undefined;
  }

  /** Takes this module instead of loading one: for platforms that give modules ready-made. @param {Source} source */
  use(source) {
    if (source === this.module) return;
    this.source = () => source;
    // What was loaded before goes on with it at once.
    this.module = typeof WebAssembly === "object" && source instanceof WebAssembly.Module ? source : undefined;
    this.starting = undefined;
    this.instance = undefined;
  }

  /** Compiles the module, once. What failed is tried again at the next call. */
  async start() {
    if (this.module !== undefined) return;
    this.starting ??= this.compile().catch((cause) => {
      this.starting = undefined;
      throw cause;
    });
    await this.starting;
  }

  /** @private */
  async compile() {
    this.module = await compiled(this.source, "the engine", "requests can be sent, but not checked or forecast");
  }

  /**
   * Does something with the instance.
   *
   * @template T
   * @param {(instance: Instance) => T} work
   * @returns {T}
   */
  with(work) {
    if (this.module === undefined) throw new EngineError("the engine has not been loaded yet");
    try {
      this.instance ??= new Instance(this.module);
      return work(this.instance);
    } catch (cause) {
      if (!(cause instanceof WebAssembly.RuntimeError || cause instanceof EngineError || cause instanceof RangeError)) {
        throw cause;
      }
      // Its memory may hold anything now.
      this.instance = undefined;
      throw cause instanceof EngineError ? cause : new EngineError(`the engine gave up: ${why(cause)}`, cause);
    }
  }
}

/**
 * A module, compiled.
 *
 * @param {() => Source | Promise<Source>} source
 * @param {string} what it is
 * @param {string} without what is so where there is no WebAssembly
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compiled(source, what, without) {
  if (typeof WebAssembly !== "object") throw new EngineError(`this page has no WebAssembly: ${without}`);
  try {
    return await compile(await source());
  } catch (cause) {
    throw unloaded(what, cause);
  }
}

/** @param {Source} source @returns {Promise<WebAssembly.Module>} */
async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof Response === "function" && source instanceof Response) {
    const type = source.headers.get("content-type") ?? "";
    // Also a page of a host that answers whatever is not there with its first one.
    if (!source.ok || type.startsWith("text/html")) {
      const answered = `${source.url} answered ${source.status}${type && ` with ${type}`}`;
      throw new Error(`${answered}. ${LEFT_OUT}`);
    }
    if (type === "application/wasm" && typeof WebAssembly.compileStreaming === "function") {
      return WebAssembly.compileStreaming(source);
    }
    return WebAssembly.compile(await source.arrayBuffer());
  }
  return WebAssembly.compile(/** @type {BufferSource} */ (source));
}
