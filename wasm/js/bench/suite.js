/** All measurements, as they run in Node and in a page. */

import { compare } from "./clock.js";
import { forecasts } from "./forecast.js";
import { start } from "./start.js";
import { agree, validation } from "./validation.js";

/**
 * @typedef {object} Place what differs between Node and a page
 * @property {(documents: any) => Promise<any>} load the package's own
 * @property {Record<string, any>} documents by the contract's name
 * @property {Record<string, (value: unknown) => boolean>} ajv by the contract's name
 * @property {any} cedar
 * @property {Uint8Array} module
 * @property {(module: WebAssembly.Module) => unknown} instantiate
 */

/** @param {Place} place @param {number} seconds for each comparison */
export async function suite({ load, documents, ajv, cedar, module, instantiate }, seconds) {
  /** @type {Record<string, any>} */
  const contracts = {};
  for (const [name, own] of Object.entries(documents)) contracts[name] = await load(own);
  agree(contracts, ajv);
  const foretold = forecasts(contracts["anaplan-models"], cedar);
  foretold.agree();
  /** @type {any[]} */
  const rows = await start(module, instantiate, () => load(documents["anaplan-models"]));
  for (const { ours, peer, ...task } of [...validation(contracts, ajv), ...foretold.tasks]) {
    rows.push({ ...task, ...compare(ours, peer, seconds) });
    // The garbage of one is not the next one's to clean up, as far as that can be helped.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return rows;
}
