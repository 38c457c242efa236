/** A contract as the page works with it: loaded, and what its documents say of its requests. */

import { CONTRACTS, load } from "./package.js";

/** @typedef {import("./types.d.ts").Policy} Policy */
/** @typedef {import("./types.d.ts").Call} Call */

export class Subject {
  /** Where a request names its container: in its path, query or body, and there by these names, one within the other. */
  #at;
  #names;

  /**
   * @param {import("./types.d.ts").Contract} contract
   * @param {Policy} policy
   * @param {{ method: string, path: string }} operation
   */
  constructor(contract, policy, operation) {
    this.contract = contract;
    this.policy = policy;
    this.method = operation.method;
    /** With `{name}` for each parameter. */
    this.path = operation.path;
    const [, at = "", ...names] = policy.container?.id.split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~")) ?? [];
    this.#at = at;
    this.#names = names;
    /** The answers by which a broken request may be told so. */
    this.refusals = new Set(["violations", ...(policy.violations?.rules ?? []).flatMap(({ answer }) => answer ?? [])]);
  }

  /** One of the package's, or what these documents say. @param {string} name @param {import("./types.d.ts").Texts} [texts] */
  static async load(name, texts) {
    const documents = texts ?? (await CONTRACTS[name]()).default;
    const contract = await load(documents);
    const { openapi, policy } = texts === undefined ? documents : { openapi: JSON.parse(texts.openapi), policy: JSON.parse(texts.policy) };
    return new Subject(/** @type {any} */ (contract), policy, operationOf({ openapi, policy }));
  }

  /** How many ids go into one request unless somebody says otherwise: an address can only be so long. */
  get usualSize() {
    return this.contract.most ?? (this.policy.ids.at.startsWith("/query") ? 100 : 1000);
  }

  /** The arguments that name a container. @param {string | undefined} id @returns {Record<string, unknown>} */
  naming(id) {
    return /** @type {any} */ (this.#names.reduceRight((/** @type {unknown} */ within, name) => ({ [name]: within }), id)) ?? {};
  }

  /** The container that a request names. @param {Call} call @returns {string | null} */
  containerOf(call) {
    const { url, body } = call.toRequest("");
    const [name] = this.#names;
    try {
      const [path, query] = url.split("?");
      if (this.#at === "body") return textOf(this.#names.reduce((within, each) => within[each], JSON.parse(String(body))));
      if (this.#at === "query") return new URLSearchParams(query).get(name);
      const at = this.path.split("/").indexOf(`{${name}}`);
      return at < 0 ? null : decodeURIComponent(path.split("/")[at]);
    } catch {
      return null;
    }
  }
}

/** @param {unknown} value */
function textOf(value) {
  return typeof value === "string" ? value : null;
}

/** @param {any} documents @returns {{ method: string, path: string }} */
function operationOf({ openapi, policy }) {
  for (const [path, methods] of Object.entries(openapi.paths)) {
    for (const [method, operation] of Object.entries(/** @type {any} */ (methods))) {
      if (/** @type {any} */ (operation)?.operationId === policy.operation) return { method: method.toUpperCase(), path };
    }
  }
  throw new Error(`${policy.operation}: the contract has no such operation`);
}
