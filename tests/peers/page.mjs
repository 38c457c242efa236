/** A page in Chromium with nothing behind it but files: what it asks for must be answered in the browser. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";
import { sent } from "./calls.mjs";
import { HERE, ROOT } from "./programs.mjs";

const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
/** Folders of files, by how their addresses begin. The worker's script must stand at the root. */
const FILES = [
  ["/package/", path.join(ROOT, "wasm/js")],
  ["/msw/", path.join(HERE, "node_modules/msw/lib/iife")],
  ["/peers/", HERE],
  ["/mockServiceWorker.js", path.join(HERE, "node_modules/msw/lib/mockServiceWorker.js")],
];

/**
 * Calls `prepare` of a module in the page, and then `use` with a way to ask from there.
 *
 * @param {string} module its address
 * @param {(ask: import("./calls.mjs").Ask) => Promise<void>} use
 */
export async function inChromium(module, use) {
  const server = createServer((request, response) => {
    const at = new URL(request.url ?? "/", "http://page").pathname;
    answer(at).then(
      (body) => response.writeHead(200, { "content-type": TYPES[path.extname(at)] ?? "text/html" }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.evaluate(async (module) => {
      globalThis.ask = await (await import(module)).prepare();
    }, module);
    await use((call) =>
      page.evaluate(async ({ url, init }) => {
        const answer = await globalThis.ask(url, init);
        return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
      }, sent(`http://127.0.0.1:${port}`, call)),
    );
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** @param {string} at */
async function answer(at) {
  if (at === "/") return "<!doctype html><title>A page</title>";
  const found = FILES.find(([start]) => at.startsWith(start));
  if (found === undefined || at.includes("..")) throw new Error("there is no such file");
  return readFile(path.join(found[1], at.slice(found[0].length)));
}
