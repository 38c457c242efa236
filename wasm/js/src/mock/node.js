/** The mock for Node: the module is read from the disk. Importing it does nothing. */

import { fromDisk } from "../disk.js";
import { creator } from "./create.js";
import { intercept } from "./intercept-fetch.js";

export { ContractError, EngineError } from "../errors.js";
export { InterceptError, MockError } from "./errors.js";

export const createMock = creator({
  source: () => fromDisk(() => new URL("../../dist/mock/bulk-delete-mock.wasm", import.meta.url)),
  intercept,
});
