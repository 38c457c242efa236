/** The corpus in Node: with the documents as they are, and with the contract modules that the package brings. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Engine } from "../src/engine.js";
import { load as loadInto } from "../src/load.js";
import { load } from "../src/node.js";
import { corpus, names } from "./corpus/files.js";
import { run } from "./corpus/run.js";

/** What a run must have checked at least: a corpus that is not found would check nothing and fail nothing. */
const LEAST = {
  "requests parsed from bytes": 600,
  "requests parsed from text": 600,
  "requests parsed from a value": 300,
  "answers read": 600,
  "refusals read": 350,
  "reports compared with the case's": 60,
  "changes held against the answer": 250,
  "violations held against the answer": 600,
  "forecasts from all facts": 600,
  "items foretold and read": 1000,
  "forecasts from some facts": 5000,
};

test("every case of the corpus holds through the package", async (t) => {
  const told = await run(load, corpus());
  assert.deepEqual(told.failed, []);
  for (const [what, least] of Object.entries(LEAST)) assert.ok(told.checked[what] >= least, `${what}: ${told.checked[what]}`);
  t.diagnostic(`${told.cases} cases, ${told.exchanges} exchanges`);
  for (const [what, count] of Object.entries(told.checked)) t.diagnostic(`${count} ${what}`);
  for (const [why, which] of Object.entries(told.left)) t.diagnostic(`does not apply to ${which.length} (${why}): ${which.join(", ")}`);
});

const modules = new URL("../dist/contracts/", import.meta.url);
const unbuilt = existsSync(modules) ? false : "the contract modules are not built: `cargo xtask wasm` builds them";

async function contractModules() {
  const modulesOf = names.map(async (name) => {
    const { default: documents } = await import(new URL(`${name}.js`, modules).href);
    return [name, documents];
  });
  return Object.fromEntries(await Promise.all(modulesOf));
}

test("a contract module comes to the same as the documents it is made of", { skip: unbuilt }, async () => {
  const [whole, made] = [corpus(), await contractModules()];
  const told = await run(load, whole);
  assert.deepEqual(await run((documents) => load(made[documents.name]), whole), told);
});

test("what was compiled comes to the same in the module without the loader", { skip: unbuilt }, async () => {
  const [whole, made] = [corpus(), await contractModules()];
  const lean = new Engine(() => readFile(new URL("../dist/bulk-delete-lean.wasm", import.meta.url)));
  const full = new Engine(() => assert.fail("the larger module is not needed"));
  const told = await run(load, whole);
  assert.deepEqual(await run((documents) => loadInto({ full, lean }, made[documents.name]), whole), told);
});

test("a changed copy of a contract is read from its documents", { skip: unbuilt }, async () => {
  const { default: contract } = await import(new URL("codearts-applications.js", modules).href);
  const policy = { ...contract.policy, ids: { ...contract.policy.ids, compare: "ignore-case" } };
  const lean = new Engine(() => assert.fail("what was compiled is of other documents"));
  const full = new Engine(() => readFile(new URL("../dist/bulk-delete.wasm", import.meta.url)));
  const loaded = await loadInto({ full, lean }, { ...contract, policy });
  assert.deepEqual(loaded.call({ project_id: "p", ids: ["a", "A"] }).ids, ["a"]);
  await assert.rejects(loadInto({ full: new Engine(() => readFile(new URL("../dist/bulk-delete-lean.wasm", import.meta.url))) }, { ...contract }), {
    name: "EngineError",
    message: /bulk-delete\.wasm/,
  });
  assert.throws(() => (contract.policy.resource = "other"), TypeError);
});
