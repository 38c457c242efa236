/** The package with the module in the script: for pages that can load nothing beside it. */

import { bytes } from "../dist/module-inline.js";
import { Engine } from "./engine.js";
import { load as loadInto } from "./load.js";

export { ContractError, EngineError, InvalidCallError } from "./errors.js";
export { listed } from "./facts.js";

const engine = new Engine(bytes);

/** @param {any} documents @param {any} [options] */
export function load(documents, options) {
  return loadInto({ full: engine }, documents, options);
}

/** Takes this module instead of its own. @param {import("./engine.js").Source} source */
export function useModule(source) {
  engine.use(source);
}
