/** The contract, loaded once for all pages. */

import { load } from "bulk-delete";
import anaplanModels from "bulk-delete/contracts/anaplan-models";

export const loading = load(anaplanModels);

/** The contract as soon as it is there. */
export type Models = Awaited<typeof loading>;
/** A request that was checked and not yet sent. */
export type Call = ReturnType<Models["call"]>;
/** What is foretold of it. */
export type Forecast = ReturnType<Models["forecast"]>;
/** What became of it. */
export type Report = Awaited<ReturnType<Models["submit"]>>;
