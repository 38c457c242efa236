/** bulk-delete itself, asked as all others are. */

import assert from "node:assert/strict";
import path from "node:path";
import { FIRST, PATH, UNKNOWN, asking, deletion, told } from "../calls.mjs";
import { inChromium } from "../page.mjs";
import { ROOT, document, run, scratch, serving } from "../programs.mjs";
import * as trials from "../rows.mjs";

if (process.env.MOCK === undefined) throw new Error("MOCK must name the server's program");
const program = path.resolve(process.env.MOCK);

export const name = "bulk-delete";

/** @param {(ask: import("../calls.mjs").Ask) => Promise<void>} trial @param {string[]} options */
function served(trial, ...options) {
  return serving(program, (port) => ["serve", "--port", String(port), ...options], (base) => trial(asking(base)));
}

/** @param {import("../calls.mjs").Ask} ask @param {string} path @param {unknown} [body] */
async function control(ask, path, body) {
  return ask({ method: body === undefined ? "GET" : "POST", path: `/__mock/${path}`, body });
}

/** @param {import("../calls.mjs").Ask} ask @param {string} contract @returns {Promise<string>} */
async function token(ask, contract) {
  return JSON.parse((await control(ask, "tokens", { contract, caller: "ada" })).text).token;
}

/** @type {import("../run.mjs").Tries} */
export const tries = {
  // What is drafted is served and answers; what is decided is then a matter of its policy.
  openapi: ["as a draft", () => scratch(async (folder) => {
    const draft = path.join(folder, "draft");
    await run(program, ["new", "--from", document("codearts-applications"), "--operation", "BatchDeleteApp", "--out", draft]);
    await served(async (ask) => {
      const { status, text } = await ask(deletion([FIRST]));
      assert.equal(status, 200, text);
      assert.ok(Array.isArray(JSON.parse(text).result), text);
    }, "--only", "--contract", draft);
  })],
  again: ["yes", () => served(trials.again)],
  state: ["yes", () => served(trials.state)],
  rights: ["yes", () => served(trials.rights)],
  violations: ["yes", () => served((ask) => trials.violations(ask, "ada-token"))],
  credentials: ["yes", () => served(async (ask) => trials.credentials(ask, await token(ask, "seismic-programs")))],
  workers: ["yes", () => served(trials.workers)],
  dropped: ["yes", () => served(async (ask) => {
    await control(ask, "faults", { connection: "dropped-after", times: 1 });
    await trials.dropped(ask);
  })],
  header: ["yes", () => served(trials.header)],
  journal: ["yes", () => served(async (ask) => {
    await ask(deletion([FIRST]));
    assert.equal((await control(ask, "journal/verify", { deleted: [FIRST], count: 1 })).status, 200);
    const wrong = await control(ask, "journal/verify", { deleted: [FIRST], count: 2 });
    assert.equal(wrong.status, 422, wrong.text);
  })],
  clock: ["yes", () => served(async (ask) => {
    const bearer = await token(ask, "seismic-programs");
    const space = "/programs/v2/spaces/default";
    const headers = { Authorization: `Bearer ${bearer}` };
    const answer = await ask({ method: "DELETE", path: `${space}/programs?ids=webinars-2024`, headers });
    const [operation] = JSON.parse(answer.text).asyncOperationIds;
    const status = async () => {
      const { text } = await ask({ path: `${space}/asyncOperations?asyncOperationIds=${operation}`, headers });
      return JSON.parse(text).asyncOperations[0].status;
    };
    assert.equal(await status(), "Not Started");
    await control(ask, "clock", { advance: 60 });
    assert.equal(await status(), "Succeeded");
  }, "--clock", "frozen")],
  browser: ["yes", () => inChromium("/peers/peers/ours-page.mjs", trials.again)],
  forecast: ["yes", async () => {
    const { load } = await import(path.join(ROOT, "wasm/js/src/node.js"));
    const contract = await import(path.join(ROOT, "wasm/js/dist/contracts/codearts-applications.js"));
    const applications = await load(contract.default);
    const { body } = deletion([FIRST, UNKNOWN]);
    const call = applications.parse({ method: "POST", path: PATH, headers: { "X-Auth-Token": "ada-token" }, body });
    const caller = { authenticated: true, containerExists: true, containerAccessible: true, permissions: ["application.delete"] };
    const facts = (id) => (id === FIRST ? { accessible: true, permissions: caller.permissions, fail: null } : null);
    const forecast = applications.forecast(call, { caller, facts });
    assert.deepEqual([FIRST, UNKNOWN].map((id) => forecast.get(id)?.verdict), ["allow", "deny"]);
    await served(async (ask) => {
      const answer = await ask(deletion([FIRST, UNKNOWN]));
      told(answer, { [FIRST]: "success", [UNKNOWN]: "error" });
      const report = applications.interpret(call, { status: answer.status, headers: answer.headers, text: answer.text });
      assert.deepEqual([FIRST, UNKNOWN].map((id) => report.get(id)?.outcome), ["deleted", "not-found"]);
    });
  }],
  any: ["yes", () => served(trials.hello)],
};
