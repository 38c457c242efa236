/** The mock's control API, as far as the page needs it. */

import { parseExactly, writeExactly } from "./exact.js";
import { places } from "./locate.js";

export class Control {
  /** @param {import("./transport.js").Transport} transport @param {string} contract */
  constructor(transport, contract) {
    this.transport = transport;
    this.contract = contract;
  }

  /** What is served. @returns {Promise<{ name: string, origin?: string }[]>} */
  async contracts() {
    return (await this.#ask("GET", "contracts")).contracts;
  }

  /** The documents of a contract, each as it is written. @param {string} name @returns {Promise<import("./types.d.ts").Texts>} */
  async documents(name) {
    const text = await this.#send("GET", `contracts/${encodeURIComponent(name)}`);
    const ranges = places(text);
    const [openapi, policy] = ["/openapi", "/policy"].map((pointer) => {
      const { start, end } = /** @type {import("./locate.js").Range} */ (ranges.get(pointer));
      return text.slice(start, end);
    });
    return { name, openapi, policy };
  }

  /** @returns {Promise<import("./types.d.ts").WorldFile>} */
  async world() {
    return parseExactly(await this.worldText());
  }

  /** The same as it is written. */
  worldText() {
    return this.#send("GET", `world?${this.#narrowed}`);
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
    return (await this.#ask("GET", `operations?${this.#narrowed}`)).operations;
  }

  /** The latest first. @returns {Promise<import("./types.d.ts").AuditEntry[]>} */
  async audit() {
    return (await this.#ask("GET", `audit?${this.#narrowed}`)).entries.reverse();
  }

  async reset() {
    await this.#ask("POST", "reset");
  }

  /** @param {number} seconds */
  async advance(seconds) {
    await this.#ask("POST", "clock", { advance: seconds });
  }

  get #narrowed() {
    return `contract=${encodeURIComponent(this.contract)}`;
  }

  /** @param {string} method @param {string} call @param {unknown} [body] */
  async #ask(method, call, body) {
    const text = await this.#send(method, call, body);
    return text === "" ? undefined : parseExactly(text);
  }

  /** @param {string} method @param {string} call @param {unknown} [body] */
  async #send(method, call, body) {
    const response = await this.transport.send(`__mock/${call}`, {
      method,
      ...(body !== undefined && { body: writeExactly(body), headers: { "Content-Type": "application/json" } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /__mock/${call} was answered ${response.status}: ${text.slice(0, 300)}`);
    return text;
  }
}
