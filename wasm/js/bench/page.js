/** The measurements in a page. What it imports from packages the page's import map finds. */

import initCedar, * as cedar from "@cedar-policy/cedar-wasm/web";
import { load } from "../src/index.js";
import * as msw from "msw";
import { Instance } from "../src/instance.js";
import { createMock } from "../src/mock/index.js";
import { BODIES } from "./inputs.js";
import { mocked } from "./mock.js";
import { suite } from "./suite.js";

/** @param {number} seconds */
export async function inPage(seconds) {
  await initCedar();
  /** @type {Record<string, any>} */
  const documents = {};
  /** @type {Record<string, any>} */
  const ajv = {};
  for (const name of Object.keys(BODIES)) {
    documents[name] = (await import(`../dist/contracts/${name}.js`)).default;
    ajv[name] = (await import(`./ajv/${name}.js`)).validate;
  }
  const file = await fetch(new URL("../dist/bulk-delete.wasm", import.meta.url));
  const module = new Uint8Array(await file.arrayBuffer());
  const instantiate = (/** @type {WebAssembly.Module} */ compiled) => new Instance(compiled);
  const rows = await suite({ load, documents, ajv, cedar, module, instantiate }, seconds);
  const { default: contract } = await import("../dist/mock/contracts/anaplan-models.js");
  return [...rows, await mocked(msw, createMock, contract, seconds)];
}
