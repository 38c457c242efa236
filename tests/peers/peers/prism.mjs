/** Prism, with the contracts' own OpenAPI documents. */

import assert from "node:assert/strict";
import path from "node:path";
import { FIRST, asking, deletion } from "../calls.mjs";
import { HERE, document, realApi, serving, written } from "../programs.mjs";
import * as trials from "../rows.mjs";

const program = path.join(HERE, "node_modules/.bin/prism");

export const name = "Prism";

/** @param {string} file @param {(ask: import("../calls.mjs").Ask) => Promise<void>} trial */
function mocked(file, trial) {
  return serving(program, (port) => ["mock", file, "--port", String(port), "--host", "127.0.0.1"], (base) => trial(asking(base)));
}

/** @param {(ask: import("../calls.mjs").Ask) => Promise<void>} trial */
const codearts = (trial) => mocked(document("codearts-applications"), trial);

/** A document with one endpoint, for what is passed on, and for what is not. @param {string} at @param {string} text */
const endpoint = (at, text) => ({
  openapi: "3.1.0",
  info: { title: "One endpoint", version: "1" },
  paths: { [at]: { get: { responses: { 200: { description: "A text", content: { "text/plain": { schema: { type: "string" }, example: text } } } } } } },
});

/** @type {import("../run.mjs").Tries} */
export const tries = {
  openapi: ["yes", () => codearts(async (ask) => {
    const { status, text } = await ask(deletion([FIRST]));
    assert.equal(status, 200, text);
    assert.ok(Array.isArray(JSON.parse(text).result), text);
  })],
  again: ["yes", () => codearts(trials.again)],
  state: ["yes", () => codearts(trials.state)],
  rights: ["yes", () => codearts(trials.rights)],
  violations: ["yes", () => mocked(document("aisquare-experiences"), (ask) => trials.violations(ask, "any"))],
  credentials: ["yes", () => mocked(document("seismic-programs"), (ask) => trials.credentials(ask, "e30.e30.0123456789abcdef"))],
  workers: ["yes", () => codearts(trials.workers)],
  dropped: "it has no such fault",
  header: ["yes", () => codearts(trials.header)],
  journal: "it writes requests to its output only",
  clock: "it keeps no operations",
  browser: "it is a server",
  forecast: "it is a server",
  any: ["yes", async () => {
    await written(endpoint("/hello", "hello"), (file) => mocked(file, trials.hello));
    await written(endpoint("/real", ""), (file) =>
      realApi((real) =>
        serving(program, (port) => ["proxy", file, real, "--port", String(port), "--host", "127.0.0.1"], (base) =>
          trials.passedOn(asking(base)),
        ),
      ),
    );
  }],
};
