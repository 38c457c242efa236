/** The package in a browser, which `TEST_BROWSER` may name: the corpus, and that it works, or says why not, wherever scripts run. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { load } from "../src/node.js";
import { corpus, documents } from "./corpus/files.js";
import { run } from "./corpus/run.js";
import { launch, missing as skip } from "./support/browsers.js";
import { serve } from "./support/serve.js";
import { WORKS } from "./support/smoke.js";

const script = (/** @type {string} */ source, entry = "index") =>
  `import * as library from "/src/${entry}.js";
   import { smoke } from "/tests/support/smoke.js";
   const documents = await (await fetch("/documents.json")).json();
   ${source}`;
const html = (/** @type {string} */ body, /** @type {Record<string, string>} */ headers = {}) => ({
  type: "text/html",
  body: `<!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,"><script src="/errors.js"></script>${body}`,
  headers,
});
const js = (/** @type {string} */ body) => ({ type: "text/javascript", body });
const csp = (/** @type {string} */ policy) => ({ "content-security-policy": policy });
const STRICT = "default-src 'none'; connect-src 'self'; img-src data:; script-src 'self'";
const TELL = "globalThis.told = await smoke(library, documents);";

const pages = {
  "/errors.js": js(`globalThis.errors = [];
    addEventListener("error", ({ message }) => errors.push(message));
    addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));`),
  "/blank.html": html(""),
  "/page.html": html(`<script type="module">${script(TELL)}</script>`),
  "/works.html": html('<script type="module" src="/told.js"></script>', csp(`${STRICT} 'wasm-unsafe-eval'`)),
  "/refused.html": html('<script type="module" src="/told.js"></script>', csp(STRICT)),
  "/inline.html": html('<script type="module" src="/told-inline.js"></script>', csp(`${STRICT} 'wasm-unsafe-eval'`)),
  "/without.html": html('<script>delete globalThis.WebAssembly;</script><script type="module" src="/told.js"></script>'),
  "/worker.html": html(
    `<script type="module">
      const worker = new Worker("/worker.js", { type: "module" });
      worker.onmessage = ({ data }) => { globalThis.told = data; };
      worker.onerror = ({ message }) => { globalThis.told = { error: message }; };
    </script>`,
  ),
  "/mock.html": html('<script type="module" src="/mock.js"></script>'),
  "/bulk-delete-mock-worker.js": js(readFileSync(new URL("../src/mock/worker.js", import.meta.url), "utf8")),
  "/mock.js": js(`
    import { createMock } from "/src/mock/index.js";
    import models from "/dist/mock/contracts/anaplan-models.js";
    const mock = createMock({ contracts: [models] });
    let interception;
    globalThis.begin = async () => { interception = await (await mock).intercept(); return "begun"; };
    globalThis.stop = async () => { await interception.stop(); return "stopped"; };
    globalThis.remove = async () => {
      const headers = { Authorization: "AnaplanAuthToken ada-token", "Content-Type": "application/json" };
      const answer = await fetch("/2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels", { method: "POST", headers, body: '{"modelIdsToDelete":["2D0E3F8051B25C6D9E7F403B2C1D0E9F"]}' });
      return answer.ok ? (await answer.json()).modelsDeleted : answer.status;
    };
  `),
  "/told.js": js(script(TELL)),
  "/told-inline.js": js(script(TELL, "inline")),
  "/worker.js": js(script("postMessage(await smoke(library, documents));")),
};

/** @type {import("./support/browsers.js").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
const whole = corpus();

before(async () => {
  if (skip) return;
  server = await serve({
    ...pages,
    "/corpus.json": { type: "application/json", body: JSON.stringify(whole) },
    "/documents.json": { type: "application/json", body: JSON.stringify(documents("anaplan-models")) },
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a page, and gives what it tells and what went wrong in it. @param {string} path */
function told(path) {
  return browser.visit(
    server.origin + path,
    `while (!("told" in globalThis)) await new Promise((resolve) => setTimeout(resolve, 20));
     return { result: told, errors };`,
  );
}

test("the corpus comes to the same in a browser as in Node", { skip }, async (t) => {
  const inBrowser = await browser.visit(
    `${server.origin}/blank.html`,
    `const [library, { run }] = await Promise.all([import("/src/index.js"), import("/tests/corpus/run.js")]);
     return run(library.load, await (await fetch("/corpus.json")).json());`,
  );
  assert.deepEqual(inBrowser.failed, []);
  assert.deepEqual(inBrowser, await run(load, whole));
  t.diagnostic(`${browser.version}: ${inBrowser.cases} cases, ${inBrowser.exchanges} exchanges`);
});

for (const [what, path] of [
  ["a page", "/page.html"],
  ["a worker", "/worker.html"],
  ["a page that allows nothing but its own scripts and wasm-unsafe-eval", "/works.html"],
]) {
  test(`it works in ${what}`, { skip }, async () => {
    assert.deepEqual(await told(path), { result: WORKS, errors: [] });
  });
}

const built = existsSync(new URL("../dist/module-inline.js", import.meta.url));
test(
  "it works with the module in the script",
  { skip: skip || (built ? false : "the inline module is not built: `cargo xtask wasm` builds it") },
  async () => {
    assert.deepEqual(await told("/inline.html"), { result: WORKS, errors: [] });
  },
);

test("the mock in a page answers it by its service worker, and a page that was there before that worker, too", { skip }, async () => {
  const told = await browser.visit(
    `${server.origin}/blank.html`,
    `const opened = async () => {
       const frame = document.body.appendChild(document.createElement("iframe"));
       await new Promise((resolve) => Object.assign(frame, { onload: resolve, src: "/mock.html" }));
       return frame.contentWindow;
     };
     const [other, one] = [await opened(), await opened()];
     const told = [await one.begin(), await other.begin(), await one.remove(), await other.remove()];
     told.push(await other.stop(), await one.remove(), await one.stop(), await one.remove());
     return [...told, ...one.errors, ...other.errors];`,
  );
  assert.deepEqual(told, ["begun", "begun", 1, 1, "stopped", 0, "stopped", 404]);
});

test("a page that forbids WebAssembly is told so by name", { skip }, async () => {
  const { result, errors } = await told("/refused.html");
  assert.equal(result.error, "EngineError");
  assert.match(result.message, /wasm-unsafe-eval/);
  assert.deepEqual(errors, []);
});

test("a page without WebAssembly is told so by name", { skip }, async () => {
  const { result, errors } = await told("/without.html");
  assert.equal(result.error, "EngineError");
  assert.match(result.message, /no WebAssembly/);
  assert.deepEqual(errors, []);
});
