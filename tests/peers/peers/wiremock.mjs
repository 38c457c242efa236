/** WireMock, with stubs that were made for this call out of its scenarios, matchers, templates and faults. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { readdirSync } from "node:fs";
import path from "node:path";
import { APPLICATIONS, DANS, FIRST, PATH, SECOND, asking, deletion } from "../calls.mjs";
import { HERE, document, realApi, serving } from "../programs.mjs";
import * as trials from "../rows.mjs";

export const name = "WireMock";

/** @typedef {import("../calls.mjs").Ask} Ask */

const folder = path.join(HERE, "node_modules/wiremock/build");

/** @param {(ask: Ask) => Promise<void>} trial @param {object[]} stubs */
function started(trial, ...stubs) {
  const jar = path.join(folder, readdirSync(folder).find((name) => name.endsWith(".jar")) ?? "");
  const options = (port) => ["-jar", jar, "--port", String(port), "--bind-address", "127.0.0.1", "--global-response-templating"];
  return serving("java", options, async (base) => {
    const ask = asking(base);
    for (const stub of stubs) await admin(ask, "mappings", stub);
    await trial(ask);
  });
}

/** @param {Ask} ask @param {string} path @param {unknown} body */
async function admin(ask, path, body) {
  const { status, text } = await ask({ method: "POST", path: `/__admin/${path}`, body });
  assert.ok(status < 300, `${path}: ${status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

const success = { status: 200, headers: { "Content-Type": "application/json" } };

/** Of every id the same. @param {string} status */
const all = (status) => ({
  ...success,
  body: `{"result":[{{#each (jsonPath request.body '$.application_ids')}}{{#if @index}},{{/if}}{"application_id":"{{this}}","status":"${status}"}{{/each}}]}`,
});

/** A first answer, and another from then on. @param {object} first @param {object} [request] @param {string} [scenarioName] */
const once = (first, request = {}, scenarioName = "deletion") => [
  { scenarioName, requiredScenarioState: "Started", newScenarioState: "gone", request: { method: "POST", url: PATH, ...request }, response: first },
  { scenarioName, requiredScenarioState: "gone", request: { method: "POST", url: PATH, ...request }, response: all("error") },
];

/** What each may delete, by their token; nothing is kept of what went. @param {string} token @param {string[]} ids */
const allowed = (token, ids) => ({
  request: { method: "POST", url: PATH, headers: { "X-Auth-Token": { equalTo: token } } },
  response: {
    ...success,
    body: `{"result":[{{#each (jsonPath request.body '$.application_ids')}}{{#if @index}},{{/if}}{"application_id":"{{this}}","status":"{{#if (contains '${ids}' this)}}success{{else}}error{{/if}}"}{{/each}}]}`,
  },
});
const [everybody, dan] = [Object.keys(APPLICATIONS).filter((id) => id !== DANS), Object.keys(APPLICATIONS)];

const bound = { type: "object", required: ["ids"], properties: { ids: { type: "array", items: { type: "integer" } } } };

/** @type {import("../run.mjs").Tries} */
export const tries = {
  openapi: ["yes", () => started(async (ask) => {
    const openapi = JSON.parse(await readFile(document("codearts-applications"), "utf8"));
    await admin(ask, "mappings/import", openapi);
    assert.equal((await ask(deletion([FIRST]))).status, 200);
  })],
  again: ["by hand", () => started(trials.again, ...once(all("success")))],
  // A scenario for each id would be a stub for each selection: no template reads what went before.
  state: ["by hand", () => started(trials.state, allowed("ada-token", [FIRST, SECOND]))],
  rights: ["by hand", () => started(trials.rights, allowed("ada-token", everybody), allowed("dan-token", dan), {
    request: { method: "POST", url: PATH, headers: { "X-Auth-Token": { absent: true } } },
    response: { status: 401 },
  })],
  violations: ["by hand", () => started((ask) => trials.violations(ask, "any"), {
    request: { method: "POST", urlPath: "/api/v1/experiences/bulk-delete/", bodyPatterns: [{ matchesJsonSchema: JSON.stringify(bound) }] },
    response: success,
  })],
  credentials: "it compares texts, and checks no signature",
  workers: ["by hand", () => started(trials.workers, ...["one", "two"].flatMap((worker) =>
    once(all("success"), { headers: { "X-Mock-Session": { equalTo: worker } } }, worker),
  ))],
  dropped: ["by hand", () => started(trials.dropped, ...once({ fault: "CONNECTION_RESET_BY_PEER" }))],
  header: ["by hand", () => started(trials.header, { request: { method: "POST", url: PATH }, response: all("success") }, {
    priority: 1,
    request: { method: "POST", url: PATH, headers: { Prefer: { equalTo: "code=500" } } },
    response: { status: 500 },
  })],
  journal: ["yes", () => started(async (ask) => {
    await ask(deletion([FIRST]));
    const expected = { method: "POST", url: PATH, bodyPatterns: [{ contains: FIRST }] };
    assert.equal((await admin(ask, "requests/count", expected)).count, 1);
    assert.equal((await admin(ask, "requests/count", { ...expected, bodyPatterns: [{ contains: SECOND }] })).count, 0);
  }, { request: { method: "POST", url: PATH }, response: all("success") })],
  clock: "it keeps no operations",
  browser: "it is a server",
  forecast: "it is a server",
  // What was passed on once is answered again when the real API has gone.
  any: ["yes, and records", () => started(async (ask) => {
    await trials.hello(ask);
    await realApi(async (real) => {
      await admin(ask, "recordings/start", { targetBaseUrl: real });
      await trials.passedOn(ask);
      await admin(ask, "recordings/stop", {});
    });
    await trials.passedOn(ask);
  }, { request: { method: "GET", url: "/hello" }, response: { status: 200, body: "hello" } })],
};
