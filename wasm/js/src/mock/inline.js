/** The mock with the module in the script: for pages that can load nothing beside it. */

import { bytes } from "../../dist/mock/module-inline.js";
import { creator } from "./create.js";
import { intercept } from "./intercept-page.js";

export { ContractError, EngineError } from "../errors.js";
export { InterceptError, MockError } from "./errors.js";

export const createMock = creator({ source: bytes, intercept });
