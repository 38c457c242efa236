/** The package for browsers and bundlers: the module is fetched from beside this file. Importing it does nothing. */

import { Engine } from "./engine.js";
import { load as loadInto } from "./load.js";

export { ContractError, EngineError, InvalidCallError } from "./errors.js";
export { listed } from "./facts.js";

const engine = new Engine(() => fetch(new URL("../dist/bulk-delete.wasm", import.meta.url)));

/** @param {any} documents @param {any} [options] */
export function load(documents, options) {
  return loadInto(engine, documents, options);
}

/** Takes this module instead of fetching one. @param {import("./engine.js").Source} source */
export function useModule(source) {
  engine.use(source);
}
