/** A contract as the page works with it: loaded, and what its documents say of its requests. */

import { CONTRACTS, load } from "./package.js";

/** @typedef {import("./types.d.ts").Policy} Policy */
/** @typedef {import("./types.d.ts").Call} Call */

export class Subject {
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
    const [, at = "", name = ""] = policy.container?.id.split("/") ?? [];
    this.containerAt = at;
    /** The argument that names the container. */
    this.containerName = name;
    /** The answers by which a broken request may be told so. */
    this.refusals = new Set(["violations", ...(policy.violations?.rules ?? []).flatMap(({ answer }) => answer ?? [])]);
  }

  /** @param {string} name */
  static async load(name) {
    const { default: documents } = await CONTRACTS[name]();
    const contract = await load(documents);
    return new Subject(/** @type {any} */ (contract), documents.policy, operationOf(documents));
  }

  /** How many ids go into one request unless somebody says otherwise: an address can only be so long. */
  get usualSize() {
    return this.contract.most ?? (this.policy.ids.at.startsWith("/query") ? 100 : 1000);
  }

  /** The container that a request names. @param {Call} call @returns {string | null} */
  containerOf(call) {
    const { url, body } = call.toRequest("");
    try {
      if (this.containerAt === "body") return textOf(JSON.parse(String(body))[this.containerName]);
      const at = this.path.split("/").indexOf(`{${this.containerName}}`);
      return at < 0 ? null : decodeURIComponent(url.split("?")[0].split("/")[at]);
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
