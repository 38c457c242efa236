/** The measurements in Node. */

import { readFile } from "node:fs/promises";
import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import * as msw from "msw";
import { Instance } from "../src/instance.js";
import { createMock } from "../src/mock/node.js";
import { load } from "../src/node.js";
import { BODIES } from "./inputs.js";
import { mocked } from "./mock.js";
import { standalone } from "./peers/ajv.js";
import { suite } from "./suite.js";

/** @param {number} seconds */
export async function inNode(seconds) {
  /** @type {Record<string, any>} */
  const documents = {};
  /** @type {Record<string, any>} */
  const ajv = {};
  for (const name of Object.keys(BODIES)) {
    documents[name] = (await import(`../dist/contracts/${name}.js`)).default;
    const source = encodeURIComponent(standalone(documents[name]));
    ajv[name] = (await import(`data:text/javascript,${source}`)).validate;
  }
  const module = await readFile(new URL("../dist/bulk-delete.wasm", import.meta.url));
  const instantiate = (/** @type {WebAssembly.Module} */ compiled) => new Instance(compiled);
  const rows = await suite({ load, documents, ajv, cedar, module, instantiate }, seconds);
  const { default: contract } = await import("../dist/mock/contracts/anaplan-models.js");
  return [...rows, await mocked(msw, createMock, contract, seconds)];
}
