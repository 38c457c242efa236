/** The package for Node: the module is read from the disk. Importing it does nothing. */

import { fromDisk } from "./disk.js";
import { Engine } from "./engine.js";
import { load as loadInto } from "./load.js";

export { ContractError, EngineError, InvalidCallError } from "./errors.js";
export { listed } from "./facts.js";

const engine = new Engine(() => fromDisk(() => new URL("../dist/bulk-delete.wasm", import.meta.url)));

/** @param {any} documents @param {any} [options] */
export function load(documents, options) {
  return loadInto({ full: engine }, documents, options);
}

/** Takes this module instead of reading one. @param {import("./engine.js").Source} source */
export function useModule(source) {
  engine.use(source);
}
