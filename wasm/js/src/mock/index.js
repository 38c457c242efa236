/** The mock for browsers and bundlers: the module is fetched from beside this file. Importing it does nothing. */

import { creator } from "./create.js";
import { intercept } from "./intercept-page.js";

export { ContractError, EngineError } from "../errors.js";
export { InterceptError, MockError } from "./errors.js";

export const createMock = creator({
  source: () => fetch(new URL("../../dist/mock/bulk-delete-mock.wasm", import.meta.url)),
  intercept,
});
