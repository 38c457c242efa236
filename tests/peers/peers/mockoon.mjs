/** Mockoon: from an OpenAPI document, and with a route that was made for this call out of its templates and variables. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { APPLICATIONS, FIRST, PATH, asking, deletion } from "../calls.mjs";
import { HERE, document, realApi, serving, written } from "../programs.mjs";
import * as trials from "../rows.mjs";

const program = path.join(HERE, "node_modules/.bin/mockoon-cli");

export const name = "Mockoon";

/** @param {string} file @param {(ask: import("../calls.mjs").Ask) => Promise<void>} trial @param {string[]} options */
function started(file, trial, ...options) {
  return serving(program, (port) => ["start", "--data", file, "--port", String(port), ...options], (base) => trial(asking(base)));
}

/** What is gone is a global variable; each worker has its own. */
const TEMPLATE = `{"result":[{{#each (bodyRaw 'application_ids')}}{{#if @index}},{{/if}}
{{setVar 'gone' (concat 'gone-' (header 'X-Mock-Session') '-' this)}}
{{setVar 'application' (find (dataRaw 'applications') (object id=(concat this '')))}}
{"application_id":"{{this}}","status":"{{#if (getGlobalVar @gone)}}error{{else}}{{#if @application}}
{{#if (includes @application.tokens (header 'X-Auth-Token'))}}{{setGlobalVar @gone true}}success{{else}}error{{/if}}
{{else}}error{{/if}}{{/if}}"}{{/each}}]}`.replaceAll("\n", "");

/** @param {object} response */
const response = (response) => ({
  uuid: randomUUID(), body: "", latency: 0, statusCode: 200, label: "", headers: [], bodyType: "INLINE", filePath: "",
  databucketID: "", sendFileAsBody: false, rules: [], rulesOperator: "AND", disableTemplating: false,
  fallbackTo404: false, default: false, crudKey: "id", callbacks: [], ...response,
});

/** @param {string} method @param {string} endpoint @param {object[]} responses */
const route = (method, endpoint, responses) => ({
  uuid: randomUUID(), type: "http", documentation: "", method, endpoint, responses,
  responseMode: null, streamingMode: null, streamingInterval: 0,
});

/** @param {string} modifier @param {string} operator @param {string} value */
const rule = (modifier, operator, value) => ({ target: "header", modifier, value, invert: false, operator });

/** @param {object} changes */
function environment(changes) {
  const routes = [
    route("post", PATH.slice(1), [
      response({ default: true, body: TEMPLATE, headers: [{ key: "Content-Type", value: "application/json" }] }),
      response({ statusCode: 500, rules: [rule("Prefer", "equals", "code=500")] }),
      response({ statusCode: 401, rules: [rule("X-Auth-Token", "null", "")] }),
    ]),
    route("get", "hello", [response({ default: true, body: "hello" })]),
  ];
  const applications = Object.entries(APPLICATIONS).map(([id, { only }]) => ({ id, tokens: only ?? "ada-token dan-token" }));
  return {
    uuid: randomUUID(), lastMigration: 33, name: "Bulk delete", endpointPrefix: "", latency: 0, port: 3000, hostname: "127.0.0.1",
    folders: [], routes, rootChildren: routes.map(({ uuid }) => ({ type: "route", uuid })), proxyMode: false, proxyHost: "",
    proxyRemovePrefix: false, tlsOptions: { enabled: false, type: "CERT", pfxPath: "", certPath: "", keyPath: "", caPath: "", passphrase: "" },
    cors: false, headers: [], proxyReqHeaders: [], proxyResHeaders: [],
    data: [{ uuid: randomUUID(), id: "applications", name: "applications", documentation: "", value: JSON.stringify(applications) }],
    callbacks: [], ...changes,
  };
}

/** @param {(ask: import("../calls.mjs").Ask) => Promise<void>} trial @param {object} [changes] @param {string[]} options */
const made = (trial, changes = {}, ...options) => written(environment(changes), (file) => started(file, trial, ...options));

/** @type {import("../run.mjs").Tries} */
export const tries = {
  openapi: ["yes", () => started(document("codearts-applications"), async (ask) => {
    const { status, text } = await ask(deletion([FIRST]));
    assert.equal(status, 200, text);
    assert.ok(Array.isArray(JSON.parse(text).result), text);
  })],
  again: ["by hand", () => made(trials.again)],
  state: ["by hand", () => made(trials.state)],
  rights: ["by hand", () => made(trials.rights)],
  violations: ["yes", () => started(document("aisquare-experiences"), (ask) => trials.violations(ask, "any"))],
  credentials: ["yes", () => started(document("seismic-programs"), (ask) => trials.credentials(ask, "e30.e30.0123456789abcdef"))],
  workers: ["by hand", () => made(trials.workers)],
  dropped: "it has no such fault",
  header: ["by hand", () => made(trials.header)],
  // It keeps the last requests; what is expected of them is the reader's to check.
  journal: ["records", () => made(async (ask) => {
    await ask(deletion([FIRST]));
    const { text } = await ask({ path: "/mockoon-admin/logs", headers: { Authorization: "Bearer admin" } });
    assert.ok(text.includes(FIRST), text);
  }, {}, "--admin-api-token", "admin", "--log-transaction")],
  clock: "it keeps no operations",
  browser: "it is a server",
  forecast: "it is a server",
  any: ["yes", async () => {
    await made(trials.hello);
    await realApi((real) => made(trials.passedOn, { proxyMode: true, proxyHost: real }));
  }],
};
