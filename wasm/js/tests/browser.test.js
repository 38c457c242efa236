/** The package in a browser: the corpus, and that it works, or says why not, wherever scripts run. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { load } from "../src/node.js";
import { corpus, documents } from "./corpus/files.js";
import { run } from "./corpus/run.js";
import { serve } from "./support/serve.js";
import { WORKS } from "./support/smoke.js";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const skip = existsSync(CHROMIUM) ? false : `there is no browser at ${CHROMIUM}: the variable CHROMIUM may name one`;

const script = (/** @type {string} */ source, entry = "index") =>
  `import * as library from "/src/${entry}.js";
   import { smoke } from "/tests/support/smoke.js";
   const documents = await (await fetch("/documents.json")).json();
   ${source}`;
const html = (/** @type {string} */ body, /** @type {Record<string, string>} */ headers = {}) => ({
  type: "text/html",
  body: `<!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">${body}`,
  headers,
});
const js = (/** @type {string} */ body) => ({ type: "text/javascript", body });
const csp = (/** @type {string} */ policy) => ({ "content-security-policy": policy });
const STRICT = "default-src 'none'; connect-src 'self'; img-src data:; script-src 'self'";
const TELL = "globalThis.told = await smoke(library, documents);";

const pages = {
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
  "/told.js": js(script(TELL)),
  "/told-inline.js": js(script(TELL, "inline")),
  "/worker.js": js(script("postMessage(await smoke(library, documents));")),
};

/** @type {import("playwright-core").Browser} */
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
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"], headless: true });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a page, and gives what it tells and what went wrong in it. @param {string} path */
async function told(path) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(server.origin + path);
  await page.waitForFunction(() => "told" in globalThis || undefined, undefined, { timeout: 30_000 });
  const result = await page.evaluate(() => /** @type {any} */ (globalThis).told);
  await page.close();
  return { result, errors };
}

test("the corpus comes to the same in a browser as in Node", { skip }, async (t) => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/blank.html`);
  const inBrowser = await page.evaluate(async () => {
    const at = (/** @type {string} */ path) => import(/** @type {any} */ (path));
    const [library, { run }] = await Promise.all([at("/src/index.js"), at("/tests/corpus/run.js")]);
    return run(library.load, await (await fetch("/corpus.json")).json());
  });
  await page.close();
  assert.deepEqual(inBrowser.failed, []);
  assert.deepEqual(inBrowser, await run(load, whole));
  t.diagnostic(`${browser.version()}: ${inBrowser.cases} cases, ${inBrowser.exchanges} exchanges`);
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
