/** The measurements in Chromium: serves the package's folder to a page, and waits for what it tells. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, normalize } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { standalone } from "./peers/ajv.js";

const PACKAGE = new URL("../", import.meta.url);
const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
/** Where the browser is as a rule; `CHROMIUM` names another. */
const PROGRAMS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const PAGE = `<!doctype html><title>Measurements</title><link rel="icon" href="data:,"><script type="importmap">${JSON.stringify({
  imports: {
    "@cedar-policy/cedar-wasm/web": "/bench/node_modules/@cedar-policy/cedar-wasm/web/cedar_wasm.js",
    "@casl/ability": "/bench/node_modules/@casl/ability/dist/esm/index.mjs",
    "@ucast/core": "/bench/node_modules/@ucast/core/dist/esm/index.mjs",
    "@ucast/js": "/bench/node_modules/@ucast/js/dist/esm/index.mjs",
    "@ucast/mongo": "/bench/node_modules/@ucast/mongo/dist/esm/index.mjs",
    "@ucast/mongo2js": "/bench/node_modules/@ucast/mongo2js/dist/esm/index.mjs",
    msw: "/bench/msw.js",
  },
})}</script>`;

/** @param {number} seconds @returns {Promise<any[]>} */
export async function inChromium(seconds) {
  const executablePath = process.env.CHROMIUM ?? PROGRAMS.find((program) => existsSync(program));
  if (executablePath === undefined) throw new Error("Chromium is missing: install it, or name its program in CHROMIUM");
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? "/", "http://page").pathname).then(
      ({ type, body }) => {
        // Isolated pages have a finer clock.
        response.writeHead(200, {
          "content-type": type,
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-embedder-policy": "require-corp",
        });
        response.end(body);
      },
      (cause) => response.writeHead(404).end(String(cause)),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    page.on("pageerror", (cause) => console.error(cause));
    await page.goto(`http://127.0.0.1:${port}/bench/`);
    return await page.evaluate(
      async ({ module, each }) => (await import(module)).inPage(each),
      { module: "/bench/page.js", each: seconds },
    );
  } finally {
    await browser.close();
    server.close();
  }
}

/** A package in one script, as an application would ship it. @param {string} name */
async function bundled(name) {
  const options = { bundle: true, minify: true, write: false, format: "esm", platform: "browser", conditions: ["browser"] };
  const stdin = { contents: `export * from ${JSON.stringify(name)};`, resolveDir: new URL(".", import.meta.url).pathname };
  const { outputFiles } = await build({ ...options, stdin });
  return Buffer.from(outputFiles[0].contents);
}

/** @param {string} path @returns {Promise<{ type: string, body: string | Buffer }>} */
async function answer(path) {
  if (path === "/bench/") return { type: "text/html", body: PAGE };
  if (path === "/bench/msw.js") return { type: "text/javascript", body: await bundled("msw") };
  const contract = /^\/bench\/ajv\/([a-z-]+)\.js$/.exec(path)?.[1];
  if (contract !== undefined) {
    const documents = (await import(`../dist/contracts/${contract}.js`)).default;
    return { type: "text/javascript", body: standalone(documents) };
  }
  const type = /** @type {Record<string, string>} */ (TYPES)[extname(path)] ?? "application/octet-stream";
  return { type, body: await readFile(new URL(`.${normalize(path)}`, PACKAGE)) };
}
