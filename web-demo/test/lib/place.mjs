/** The browser, the mock server with the page, and a world of its own for each visit. */

import { spawn } from "node:child_process";
import { access } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { Visit } from "./visit.mjs";

/** The package's command. */
const PROGRAM = fileURLToPath(new URL("../../../wasm/js/bin/bulk-delete.js", import.meta.url));

export class Place {
  #visits = 0;
  /** Servers beside the one of the page. @type {import("node:child_process").ChildProcess[]} */
  #others = [];

  /**
   * @param {import("playwright-core").Browser} browser
   * @param {import("node:child_process").ChildProcess} mock
   * @param {string} port of the mock server
   * @param {string} page the folder of the exported page
   */
  constructor(browser, mock, port, page) {
    this.browser = browser;
    this.mock = mock;
    this.port = port;
    this.page = page;
  }

  static async open() {
    const { MOCK, PAGE, CHROMIUM = "/usr/bin/chromium" } = process.env;
    if (MOCK === undefined || PAGE === undefined) throw new Error("MOCK must name the mock server, and PAGE an exported page");
    await access(CHROMIUM).catch(() => {
      throw new Error(`${CHROMIUM} is missing: \`apt install chromium\` brings it, or CHROMIUM names another`);
    });
    const { mock, url } = await started([MOCK, "serve"], PAGE);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    return new Place(browser, mock, new URL(url).port, PAGE);
  }

  /** Another server of the page. @param {"binary" | "package"} program @param {readonly string[]} options @returns {Promise<string>} its port */
  async serve(program, options) {
    const command = program === "binary" ? [/** @type {string} */ (process.env.MOCK), "serve"] : [process.execPath, PROGRAM, "mock"];
    const { mock, url } = await started(command, this.page, options);
    this.#others.push(mock);
    return new URL(url).port;
  }

  /** Where a page with a world of its own is: each name below localhost is a session of the mock server. */
  address(port = this.port) {
    this.#visits += 1;
    return `http://visit-${this.#visits}.localhost:${port}/`;
  }

  /**
   * Does something on the page. It must log no error.
   *
   * @param {string} search what stands behind its address
   * @param {(visit: Visit) => Promise<void>} work
   * @param {{ base?: string } & import("playwright-core").BrowserContextOptions} [options]
   */
  async visit(search, work, { base = this.address(), ...options } = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const visit = new Visit(page, base);
    try {
      await visit.open(search);
      await work(visit);
    } catch (cause) {
      const seen = await page.locator("body").innerText().catch(() => "nothing");
      throw new Error([/** @type {Error} */ (cause).message, ...visit.errors, `The page showed:\n${seen.slice(0, 3000)}`].join("\n"), { cause });
    } finally {
      await context.close();
    }
    if (visit.errors.length > 0) throw new Error(`the page reported:\n${visit.errors.join("\n")}`);
  }

  async close() {
    await this.browser.close();
    for (const mock of [this.mock, ...this.#others]) {
      mock.removeAllListeners("exit");
      mock.kill();
    }
  }
}

/**
 * A server of this page, once it is ready.
 *
 * @param {readonly string[]} command
 * @param {string} page
 * @param {readonly string[]} [options]
 * @returns {Promise<{ mock: import("node:child_process").ChildProcess, url: string }>}
 */
async function started([program, ...words], page, options = []) {
  const mock = spawn(program, [...words, "--port", "0", "--json", "--page", page, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const failed = new Promise((_, reject) => {
    mock.on("error", ({ message }) => reject(new Error(`the mock server ${program} could not be started: ${message}`)));
    mock.on("exit", (code) => reject(new Error(`the mock server ended with ${code}`)));
  });
  failed.catch(() => {});
  const ready = (async () => {
    for await (const line of createInterface(/** @type {import("node:stream").Readable} */ (mock.stdout))) return JSON.parse(line).url;
    // It says why it ended.
    return failed;
  })();
  return { mock, url: await Promise.race([ready, failed]) };
}
