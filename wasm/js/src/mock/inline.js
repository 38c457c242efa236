/** The mock with the module in the script: for pages that can load nothing beside it. */

import { bytes } from "../../dist/mock/module-inline.js";
import { creator } from "./create.js";

export { ContractError, EngineError } from "../errors.js";
export { MockError } from "./errors.js";

export const createMock = creator({ source: bytes });
