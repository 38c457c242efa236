/** The engine where it cannot run, where it gives up, and how it comes back. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterEach, test } from "node:test";
import { Engine } from "../src/engine.js";
import { EngineError } from "../src/errors.js";
import { load } from "../src/load.js";
import { documents } from "./corpus/files.js";
import { deletable, somebody, where } from "./support/contracts.js";

const bytes = await readFile(new URL("../dist/bulk-delete.wasm", import.meta.url));
const anaplan = { name: "anaplan-models", ...documents("anaplan-models") };
const { WebAssembly: platform } = globalThis;

afterEach(() => {
  globalThis.WebAssembly = platform;
});

async function fresh() {
  const engine = new Engine(() => bytes);
  const models = await load({ full: engine }, anaplan);
  return { engine, models, call: models.call({ ...where["anaplan-models"], ids: ["a"] }) };
}

test("a page without WebAssembly is told so by name, and works once it is there", async () => {
  const engine = new Engine(() => bytes);
  Object.assign(globalThis, { WebAssembly: undefined });
  await assert.rejects(load({ full: engine }, anaplan), { name: "EngineError", message: /no WebAssembly/ });
  globalThis.WebAssembly = platform;
  assert.equal((await load({ full: engine }, anaplan)).name, "anaplan-models");
});

test("a page that forbids WebAssembly is told so by name", async () => {
  const engine = new Engine(() => bytes);
  const forbidden = new WebAssembly.CompileError("call to WebAssembly.compile() blocked by CSP");
  Object.assign(globalThis, { WebAssembly: { ...platform, Module: platform.Module, compile: () => Promise.reject(forbidden) } });
  await assert.rejects(load({ full: engine }, anaplan), (/** @type {any} */ error) => {
    assert.ok(error instanceof EngineError);
    assert.match(error.message, /blocked by CSP.*wasm-unsafe-eval/);
    assert.equal(error.cause, forbidden);
    return true;
  });
});

test("a page that lets it be compiled, and forbids an instance, is told so by the same name", async () => {
  const forbidden = new WebAssembly.CompileError("Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not allowed");
  const Instance = function () {
    throw forbidden;
  };
  const { Module, compile, RuntimeError } = platform;
  Object.assign(globalThis, { WebAssembly: { Module, compile, RuntimeError, Instance } });
  const engine = new Engine(() => bytes);
  for (let time = 0; time < 2; time += 1) {
    await assert.rejects(load({ full: engine }, anaplan), { name: "EngineError", message: /must allow 'wasm-unsafe-eval'/, cause: forbidden });
  }
  const { createMock } = await import("../src/mock/node.js");
  await assert.rejects(createMock({ contracts: [anaplan] }), { name: "EngineError", message: /^the mock could not be loaded.*'wasm-unsafe-eval'/ });
  globalThis.WebAssembly = platform;
  assert.equal((await load({ full: engine }, anaplan)).name, "anaplan-models");
});

test("where there is no module beside the script, it is told which entry has it inside", async () => {
  const html = { "content-type": "text/html" };
  for (const init of [{ status: 404 }, { headers: html }, { status: 404, headers: html }]) {
    const engine = new Engine(() => new Response("<html>", init));
    await assert.rejects(load({ full: engine }, anaplan), { name: "EngineError", message: /answered (200|404).*`inline`/ });
  }
});

test("a module that does not come, or is none, is an EngineError, and is asked for again", async () => {
  const sources = [
    () => Promise.reject(new TypeError("Failed to fetch")),
    () => { throw null; },
    () => new Response("<html>", { status: 404 }),
    () => new Response("<html>", { headers: { "content-type": "text/html" } }),
    () => new Uint8Array([1, 2, 3]),
    () => /** @type {any} */ (undefined),
  ];
  const engine = new Engine(() => /** @type {any} */ (sources.shift() ?? (() => bytes))());
  while (sources.length > 0) {
    await assert.rejects(load({ full: engine }, anaplan), (/** @type {any} */ { name, message }) => {
      assert.deepEqual([name, /Content-Security-Policy/.test(message)], ["EngineError", false], message);
      return true;
    });
  }
  assert.equal((await load({ full: engine }, anaplan)).name, "anaplan-models");
});

test("a module may come in every form", async () => {
  const wasm = { headers: { "content-type": "application/wasm" } };
  // Hosts that say it of everything do so here, too; platforms then compile no stream.
  const odd = { headers: { "content-type": "application/wasm; charset=utf-8" } };
  for (const source of [bytes, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), new platform.Module(bytes), new Response(bytes, wasm), new Response(bytes), new Response(bytes, odd)]) {
    const engine = new Engine(() => assert.fail("it was given one"));
    engine.use(/** @type {any} */ (source));
    assert.equal((await load({ full: engine }, anaplan)).name, "anaplan-models");
  }
});

test("what was loaded goes on when a module is given, also the same again", async () => {
  const { engine, models, call } = await fresh();
  const module = await WebAssembly.compile(bytes);
  for (const given of [module, module]) {
    engine.use(given);
    assert.equal(models.forecast(call, { caller: somebody, facts: () => deletable }).summary.allow, 1);
    assert.equal(models.call({ ...where["anaplan-models"], ids: ["a"] }).violations.length, 0);
  }
});

test("a module is compiled once, however many ask for it", async () => {
  let asked = 0;
  const engine = new Engine(async () => {
    asked += 1;
    return bytes;
  });
  await Promise.all([load({ full: engine }, anaplan), load({ full: engine }, anaplan), load({ full: engine }, anaplan)]);
  assert.equal(asked, 1);
});

/** Makes the engine give up at the next use of an export. @param {Engine} engine @param {string} name @param {() => never} how */
function breakOnce(engine, name, how) {
  const instance = /** @type {any} */ (engine.instance);
  instance.exports = { ...instance.exports, [name]: how };
}
const trap = () => {
  throw new platform.RuntimeError("unreachable");
};

test("where the engine gives up, an EngineError says so, and the next call works", async () => {
  const { engine, models, call } = await fresh();
  const knowledge = { caller: somebody, facts: () => deletable };
  const expected = { ...models.forecast(call, knowledge) };
  const answer = { status: 200, body: { modelsDeleted: 1, bulkDeleteModelsFailures: [] } };
  /** @type {[string, () => unknown][]} */
  const uses = [
    ["engine_forecast", () => models.forecast(call, knowledge)],
    ["engine_interpret", () => models.interpret(call, answer)],
    ["engine_check", () => models.call({ ...where["anaplan-models"], ids: ["b"] })],
    ["engine_check_body", () => models.body["~standard"].validate({})],
    ["engine_input", () => models.parse({ text: "{}" })],
    ["engine_ids", () => models.parse({ text: '{"modelIdsToDelete":["a"]}' }).ids],
  ];
  for (const [name, use] of uses) {
    for (const how of [trap, () => { throw new EngineError("the engine gave up"); }, () => { throw new RangeError("Maximum call stack size exceeded"); }]) {
      // What was there before the engine gave up is told to the new one.
      models.forecast(call, knowledge);
      breakOnce(engine, name, how);
      assert.throws(use, { name: "EngineError", message: /gave up/ }, name);
      assert.deepEqual({ ...models.forecast(call, knowledge) }, expected, name);
      assert.equal(models.interpret(call, answer).summary.deleted, 1);
      use();
    }
  }
});

test("sending where the engine gives up resolves, and leaves open what came of it", async () => {
  const { engine, models, call } = await fresh();
  const report = await models.submit(call, {
    fetch: async () => {
      breakOnce(engine, "engine_interpret", trap);
      return Response.json({ modelsDeleted: 1, bulkDeleteModelsFailures: [] });
    },
  });
  assert.deepEqual([report.summary.unknown, report.items[0].gone], [1, null]);
  assert.match(report.items[0].reason ?? "", /gave up/);
});

test("requests that nobody has any more are forgotten, also by an engine that gave up", () => {
  const script = `
    import { load } from ${JSON.stringify(new URL("../src/node.js", import.meta.url).href)};
    import { documents } from ${JSON.stringify(new URL("corpus/files.js", import.meta.url).href)};
    import { setTimeout as sleep } from "node:timers/promises";
    const models = await load({ name: "anaplan-models", ...documents("anaplan-models") });
    const { instance } = models.engine;
    let forgotten = 0;
    const { engine_forget_request: forget } = instance.exports;
    instance.exports = { ...instance.exports, engine_forget_request: (...all) => {
      forgotten += 1;
      if (forgotten > 50) throw new WebAssembly.RuntimeError("unreachable");
      forget(...all);
    } };
    for (let time = 0; time < 100; time += 1) models.call({ workspaceId: "x", ids: ["a" + time] });
    for (let time = 0; time < 20 && forgotten < 90; time += 1) { gc(); await sleep(10); }
    console.log(forgotten);`;
  const told = execFileSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", script], { encoding: "utf8" });
  assert.ok(Number(told) >= 90, told);
});

test("contracts that nobody has any more are forgotten, with all of their requests", () => {
  const script = `
    import { load } from ${JSON.stringify(new URL("../src/node.js", import.meta.url).href)};
    import { documents } from ${JSON.stringify(new URL("corpus/files.js", import.meta.url).href)};
    import { setTimeout as sleep } from "node:timers/promises";
    const texts = { name: "anaplan-models", ...documents("anaplan-models") };
    const kept = await load(texts);
    const { instance } = kept.engine;
    let forgotten = 0;
    const { engine_forget_contract: forget } = instance.exports;
    instance.exports = { ...instance.exports, engine_forget_contract: (...all) => { forgotten += 1; forget(...all); } };
    for (let time = 0; time < 10; time += 1) (await load(texts)).call({ workspaceId: "x", ids: ["a"] });
    for (let time = 0; time < 20 && forgotten < 9; time += 1) { gc(); await sleep(10); }
    console.log(forgotten, kept.call({ workspaceId: "x", ids: ["a"] }).violations.length);`;
  const told = execFileSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", script], { encoding: "utf8" });
  assert.match(told, /^(9|10) 0\n$/);
});

test("the package is one for import and for require, and importing it does nothing", async () => {
  const require = createRequire(import.meta.url);
  const [major, minor] = process.versions.node.split(".").map(Number);
  const requires = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  const imported = await import("bulk-delete");
  assert.deepEqual(Object.keys(imported).sort(), ["ContractError", "EngineError", "InvalidCallError", "listed", "load", "useModule"]);
  if (requires) assert.equal(require("bulk-delete").load, imported.load);
  const script = "const before = Object.keys(globalThis).length; await import('bulk-delete'); console.log(Object.keys(globalThis).length - before);";
  const cwd = new URL("..", import.meta.url);
  const told = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8", cwd });
  assert.equal(told.trim(), "0");
  const required = execFileSync(process.execPath, ["-e", "console.log(typeof require('bulk-delete').load)"], { encoding: "utf8", cwd, stdio: ["ignore", "pipe", "ignore"] });
  if (requires) assert.equal(required.trim(), "function");
});

test("a page without what text is encoded with can import the package, and is told when it loads", () => {
  const script = `for (const name of ["TextEncoder", "TextDecoder", "fetch", "Request", "Response", "Headers", "AbortController"]) delete globalThis[name];
    const [{ load }, { createMock }] = [await import("bulk-delete"), await import("bulk-delete/mock")];
    const { default: contract } = await import("bulk-delete/contracts/anaplan-models");
    for (const tried of [load(contract), createMock({ contracts: [contract] })]) console.log(await tried.catch(({ name, message }) => name + ": " + message));`;
  const told = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8", cwd: new URL("..", import.meta.url) });
  assert.equal(
    told,
    "EngineError: the engine could not be loaded: TextEncoder is not defined\nEngineError: the mock could not be loaded: TextEncoder is not defined\n",
  );
});

test("no source waits while it is imported", async () => {
  const folder = new URL("../src/", import.meta.url);
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((name) => name.endsWith(".js"))) {
    const source = await readFile(new URL(name, folder), "utf8");
    assert.doesNotMatch(source, /^(?:const .*= )?await\b/m, name);
  }
});
