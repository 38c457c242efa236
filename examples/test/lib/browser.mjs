/** Chromium, as Debian installs it, or wherever CHROMIUM says. */

import { access } from "node:fs/promises";

/** How long a page may take for one step, in milliseconds. */
const STEP = 20_000;

export class Browser {
  /** @param {import("playwright-core").Browser} browser */
  constructor(browser) {
    this.browser = browser;
  }

  static async start() {
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    await access(executablePath).catch(() => {
      throw new Error(`${executablePath} is missing: \`apt install chromium\` brings it, or CHROMIUM names another`);
    });
    const { chromium } = await import("playwright-core");
    return new Browser(await chromium.launch({ executablePath, args: ["--no-sandbox"] }));
  }

  /**
   * Does something on a page. It must leave no error behind, unless it is blocked from something.
   *
   * @param {string} url
   * @param {(page: import("playwright-core").Page, lines: string[]) => Promise<void>} work `lines`: what the page logged
   * @param {string} [blocked] addresses that the page cannot reach
   */
  async visit(url, work, blocked) {
    const context = await this.browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(STEP);
    /** @type {string[]} */
    const errors = [];
    /** @type {string[]} */
    const lines = [];
    page.on("pageerror", (error) => errors.push(error.stack ?? String(error)));
    page.on("console", (message) => (message.type() === "error" ? errors : lines).push(message.text()));
    try {
      if (blocked !== undefined) await page.route(blocked, (route) => route.abort());
      await page.goto(url);
      await work(page, lines);
    } catch (cause) {
      const seen = await page.locator("body").innerText().catch(() => "nothing");
      throw new Error([cause.message, ...errors, `The page showed:\n${seen}`].join("\n"), { cause });
    } finally {
      await context.close();
    }
    if (errors.length > 0 && blocked === undefined) throw new Error(`the page reported:\n${errors.join("\n")}`);
  }

  async stop() {
    await this.browser.close();
  }
}
