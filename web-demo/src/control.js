/** The mock's control API, as far as the page needs it. */

import { parseExactly, writeExactly } from "./exact.js";

export class Control {
  /** @param {import("./transport.js").Transport} transport @param {string} contract */
  constructor(transport, contract) {
    this.transport = transport;
    this.contract = contract;
  }

  /** @returns {Promise<import("./types.d.ts").WorldFile>} */
  world() {
    return this.#ask("GET", `world?contract=${this.contract}`);
  }

  /** @param {readonly import("./types.d.ts").Resource[]} resources */
  async put(resources) {
    await this.#ask("PATCH", "world", { resources });
  }

  /** @param {{ caller: string, scopes?: string[], "expires-in"?: number }} wanted @returns {Promise<string>} */
  async token(wanted) {
    return (await this.#ask("POST", "tokens", { ...wanted, contract: this.contract })).token;
  }

  /** @returns {Promise<import("./types.d.ts").Operation[]>} */
  async operations() {
    return (await this.#ask("GET", `operations?contract=${this.contract}`)).operations;
  }

  /** The latest first. @returns {Promise<import("./types.d.ts").AuditEntry[]>} */
  async audit() {
    return (await this.#ask("GET", `audit?contract=${this.contract}`)).entries.reverse();
  }

  async reset() {
    await this.#ask("POST", "reset");
  }

  /** @param {number} seconds */
  async advance(seconds) {
    await this.#ask("POST", "clock", { advance: seconds });
  }

  /** @param {string} method @param {string} call @param {unknown} [body] */
  async #ask(method, call, body) {
    const response = await this.transport.send(`__mock/${call}`, {
      method,
      ...(body !== undefined && { body: writeExactly(body), headers: { "Content-Type": "application/json" } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /__mock/${call} was answered ${response.status}: ${text.slice(0, 300)}`);
    return text === "" ? undefined : parseExactly(text);
  }
}
