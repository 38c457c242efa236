/**
 * The browser that tests run in: Chromium; by `TEST_BROWSER=firefox` Firefox, which Playwright drives only as it builds it itself; by
 * `TEST_BROWSER=webkit` WebKit, which is what Safari runs, as Debian has it, by the W3C's protocol. Each is asked for the same only: to
 * open a page, do something in it, and tell what came of that.
 */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";

/**
 * @typedef {object} Browser
 * @property {string} version
 * @property {(address: string, work: string) => Promise<any>} visit does the work, the body of an async function, in a new page
 * @property {() => Promise<void>} close
 */

/** How long work in a page may take, in milliseconds. */
const PATIENCE = 60_000;

/** By name: where each is as a rule, and how it is begun. @type {Record<string, { program: string, begin: (program: string) => Promise<Browser> }>} */
const BROWSERS = {
  chromium: {
    program: "/usr/bin/chromium",
    begin: async (executablePath) => driven("Chromium", await chromium.launch({ executablePath, args: ["--no-sandbox"], headless: true })),
  },
  firefox: {
    program: "/usr/bin/firefox-esr",
    begin: async (executablePath) => driven("", await puppeteer.launch({ browser: "firefox", executablePath, headless: true, protocolTimeout: PATIENCE })),
  },
  webkit: { program: "/usr/bin/WebKitWebDriver", begin: webkit },
};

const name = process.env.TEST_BROWSER ?? "chromium";
const known = BROWSERS[name];
if (known === undefined) throw new Error(`TEST_BROWSER: ${name} is none of ${Object.keys(BROWSERS).join(", ")}`);
const { begin } = known;
const program = process.env[name.toUpperCase()] ?? known.program;

/** Why there is none; otherwise nothing. */
export const missing = existsSync(program) ? false : `there is no ${program}: the variable ${name.toUpperCase()} may name one`;

/** @returns {Promise<Browser>} */
export function launch() {
  return begin(program);
}

/**
 * What Playwright and Puppeteer have in common.
 *
 * @param {string} called
 * @param {{ version(): string | Promise<string>, newPage(): Promise<{ goto(address: string): unknown, evaluate(work: string): Promise<any>, close(): unknown }>, close(): Promise<void> }} browser
 * @returns {Promise<Browser>}
 */
async function driven(called, browser) {
  return {
    version: `${called} ${await browser.version()}`.trim(),
    async visit(address, work) {
      const page = await browser.newPage();
      await page.goto(address);
      const told = await page.evaluate(`(async () => { ${work} })()`);
      await page.close();
      return told;
    },
    close: () => browser.close(),
  };
}

/** @param {string} program @returns {Promise<Browser>} */
async function webkit(program) {
  const port = await freePort();
  const environment = {
    ...process.env,
    // It would ask for namespaces that containers do not have, and for a graphics card.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    LIBGL_ALWAYS_SOFTWARE: "1",
    GSETTINGS_BACKEND: "memory",
  };
  const parts = ["--auto-servernum", "dbus-run-session", "--", program, `--port=${port}`, "--host=127.0.0.1"];
  const driver = spawn("xvfb-run", parts, { env: environment, stdio: "ignore", detached: true });
  const stop = () => void (driver.pid !== undefined && driver.exitCode === null && process.kill(-driver.pid));
  const failed = new Promise((resolve, reject) => driver.once("error", reject));
  /** @param {string} method @param {string} path @param {object} [body] */
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const { value } = /** @type {any} */ (await response.json());
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  };
  try {
    await Promise.race([failed, listens(() => ask("GET", "/status"))]);
    const { sessionId, capabilities } = await ask("POST", "/session", { capabilities: {} });
    const own = `/session/${sessionId}`;
    await ask("POST", `${own}/timeouts`, { script: PATIENCE, pageLoad: PATIENCE });
    const first = await ask("GET", `${own}/window`);
    return {
      version: `${capabilities.browserName} ${capabilities.browserVersion}`,
      async visit(address, work) {
        const { handle } = await ask("POST", `${own}/window/new`, { type: "tab" });
        await ask("POST", `${own}/window`, { handle });
        await ask("POST", `${own}/url`, { url: address });
        const script = `const [done] = arguments; (async () => { ${work} })().then((value) => done({ value }), (cause) => done({ cause: String(cause) }));`;
        const { value, cause } = await ask("POST", `${own}/execute/async`, { script, args: [] });
        await ask("DELETE", `${own}/window`);
        await ask("POST", `${own}/window`, { handle: first });
        if (cause !== undefined) throw new Error(cause);
        return value;
      },
      async close() {
        await ask("DELETE", own);
        stop();
      },
    };
  } catch (cause) {
    stop();
    throw cause;
  }
}

/** Waits until somebody answers. @param {() => Promise<unknown>} ask */
async function listens(ask) {
  for (let time = 0; time < 200; time += 1) {
    try {
      return await ask();
    } catch {
      await sleep(50);
    }
  }
  throw new Error("the driver does not answer: try it by hand");
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}
