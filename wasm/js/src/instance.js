/** One instance of the engine's module: contracts and requests by their numbers, and what is told of them. */

import { Boundary } from "./boundary.js";

/** The engine's number for nothing. */
const NONE = 0xffffffff;
/** @type {readonly never[]} */
const NOTHING = Object.freeze([]);

/** @typedef {import("./boundary.js").Content} Content */

/**
 * What nobody has any more is forgotten by its instance.
 *
 * @type {FinalizationRegistry<{ instance: Instance, request?: number, contract?: number }> | undefined}
 */
export const held =
  typeof FinalizationRegistry === "function"
    ? new FinalizationRegistry(({ instance, request, contract }) => {
        try {
          if (request === undefined) instance.forgetContract(/** @type {number} */ (contract));
          else instance.forgetRequest(request);
        } catch {
          // The instance gave up before; it is thrown away, and all that it had with it.
        }
      })
    : undefined;

export class Instance extends Boundary {
  /** @param {WebAssembly.Module} module */
  constructor(module) {
    super(module, "engine");
  }

  /**
   * @param {string} name
   * @param {string} openapi
   * @param {string} policy
   * @returns {{ contract: number | null, output: any }}
   */
  load(name, openapi, policy) {
    const [one, two, three] = this.put([name, openapi, policy]);
    const contract = this.exports.engine_load(this.self, one, two, three) >>> 0;
    return { contract: contract === NONE ? null : contract, output: this.take() };
  }

  /** Whether it takes what was compiled, and no documents. */
  get isLean() {
    return this.exports.engine_decode !== undefined;
  }

  /** @param {Uint8Array} compiled @returns {{ contract: number | null, output: any }} */
  decode(compiled) {
    this.put([compiled]);
    const contract = this.exports.engine_decode(this.self) >>> 0;
    return { contract: contract === NONE ? null : contract, output: this.take() };
  }

  /**
   * @param {number} contract
   * @param {Content} head
   * @param {Content} body
   * @returns {{ request: number | null, output: any }}
   */
  check(contract, head, body) {
    const [length] = this.put([head, body]);
    const request = this.exports.engine_check(this.self, contract, length) >>> 0;
    return { request: request === NONE ? null : request, output: this.take() };
  }

  /**
   * What is wrong with a request, of which nothing is kept; `null` where the path is not the contract's.
   *
   * @param {number} contract
   * @param {Content} head
   * @param {Content} body
   * @returns {readonly any[] | null}
   */
  validate(contract, head, body) {
    const [length] = this.put([head, body]);
    const count = this.exports.engine_validate(this.self, contract, length) >>> 0;
    return count === 0 ? NOTHING : count === NONE ? null : this.take();
  }

  /** @param {number} contract @param {Content} body @returns {readonly any[]} */
  checkBody(contract, body) {
    this.put([body]);
    return this.exports.engine_check_body(this.self, contract) === 0 ? NOTHING : (this.take() ?? NOTHING);
  }

  /** @param {number} request @returns {(string | [string])[]} */
  ids(request) {
    this.exports.engine_ids(this.self, request);
    return this.take() ?? [];
  }

  /** @param {number} contract @param {number} request @param {string} facts */
  forecast(contract, request, facts) {
    this.put([facts]);
    this.exports.engine_forecast(this.self, contract, request);
    return this.take();
  }

  /** @param {number} contract @param {number} request @param {number} status @param {Content} body */
  interpret(contract, request, status, body) {
    this.put([body]);
    this.exports.engine_interpret(this.self, contract, request, status);
    return this.take();
  }

  /** @param {number} request */
  forgetRequest(request) {
    this.exports.engine_forget_request(this.self, request);
  }

  /** @param {number} contract */
  forgetContract(contract) {
    this.exports.engine_forget_contract(this.self, contract);
  }
}
