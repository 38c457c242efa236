/**
 * The package for browsers and bundlers: a module is fetched from beside this file: a small one for
 * the package's contracts, a larger one for documents of your own. Importing it does nothing.
 */

import { Engine } from "./engine.js";
import { load as loadInto } from "./load.js";

export { ContractError, EngineError, InvalidCallError } from "./errors.js";
export { listed } from "./facts.js";

/** @type {import("./load.js").Engines} */
const engines = {
  full: new Engine(() => fetch(new URL("../dist/bulk-delete.wasm", import.meta.url))),
  lean: new Engine(() => fetch(new URL("../dist/bulk-delete-lean.wasm", import.meta.url))),
};

/** @param {any} documents @param {any} [options] */
export function load(documents, options) {
  return loadInto(engines, documents, options);
}

/** Takes this module instead of fetching one. @param {import("./engine.js").Source} source */
export function useModule(source) {
  engines.full.use(source);
  delete engines.lean;
}
