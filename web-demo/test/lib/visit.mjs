/** A person on the page: what they see and do. */

import assert from "node:assert/strict";

/** How long a page may take for one step, in milliseconds. */
const STEP = 15_000;

export class Visit {
  /** @type {string[]} */
  errors = [];

  /** @param {import("playwright-core").Page} page @param {string} base */
  constructor(page, base) {
    this.page = page;
    this.base = base;
    page.setDefaultTimeout(STEP);
    page.on("pageerror", (error) => this.errors.push(error.stack ?? String(error)));
    page.on("console", (message) => {
      // Answers that refuse something are what is shown here; the browser tells of each as of an error.
      const isAnswer = /^Failed to load resource: the server responded with a status of (400|401|403|404|422)/.test(message.text());
      // The browser asks for the icon again whenever the address changes, for itself.
      const isIcon = message.location().url.endsWith("/icon.svg");
      if (message.type() === "error" && !isAnswer && !isIcon) this.errors.push(`${message.text()} ${message.location().url}`);
      if (message.type() === "warning") this.errors.push(message.text());
    });
  }

  /** @param {string} search */
  async open(search) {
    await this.page.goto(this.base + search);
    await this.ready();
  }

  /** Waits until the page has its rows. */
  async ready() {
    await this.page.waitForFunction(
      () => !document.documentElement.hasAttribute("data-busy") && /^\d/.test(document.querySelector("#rows-title")?.textContent ?? ""),
    );
  }

  /** @param {string} api */
  async choose(api) {
    await this.page.locator(`input[name=api][value=${api}]`).check();
    await this.page.waitForFunction((name) => location.search.includes(name), api);
    await this.ready();
  }

  get status() {
    return this.page.locator("#status");
  }

  get dialog() {
    return this.page.locator("#confirm");
  }

  get report() {
    return this.page.locator("#report");
  }

  /** @param {string} name */
  row(name) {
    return this.page.locator("#row-list tr").filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** @param {string} name */
  told(name) {
    return this.page.locator("#report-rows tr").filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Selects everything. */
  async all() {
    await this.page.locator("#all").check();
  }

  /** Presses Delete and confirms, and waits for the report. */
  async delete() {
    await this.page.locator("#delete").click();
    await this.page.locator("#confirm-yes").click();
    await this.reported();
  }

  async reported() {
    await this.report.waitFor();
    await this.page.waitForFunction(() => document.activeElement?.id === "report-title");
    await this.agrees();
  }

  /** Nothing that happened differs from what was foretold. */
  async agrees() {
    const text = await this.page.locator("#agreement").innerText();
    assert.match(text, /no disagreement/i);
    await this.counts(this.page.locator("#report-rows tr.differs"), 0);
  }

  /** Waits until the text is so. @param {import("playwright-core").Locator} locator @param {string | RegExp} text */
  async says(locator, text) {
    const read = async () => (await locator.innerText()).replaceAll(/\s+/g, " ").trim();
    const now = await this.#until(read, (now) => (typeof text === "string" ? now === text : text.test(now)));
    if (now !== undefined) assert.fail(`it says \`${now.last}\` where it should say \`${text}\``);
  }

  /** Waits until there are so many. @param {import("playwright-core").Locator} locator @param {number} count @param {string} [why] */
  async counts(locator, count, why) {
    const now = await this.#until(() => locator.count(), (now) => now === count);
    if (now !== undefined) assert.fail(`${now.last} instead of ${count} of ${locator}${why === undefined ? "" : `: ${why}`}`);
  }

  /**
   * Reads again and again what the page shows, until it is right: the page draws a moment after what it draws has happened.
   *
   * @template T
   * @param {() => Promise<T>} read
   * @param {(now: T) => boolean} isRight
   * @returns {Promise<{ last: T } | undefined>} what was read last, where it has not become right
   */
  async #until(read, isRight) {
    const end = performance.now() + STEP;
    for (;;) {
      const last = await read();
      if (isRight(last)) return undefined;
      if (performance.now() > end) return { last };
      await this.page.waitForTimeout(30);
    }
  }

  /** The id of the element that has the focus. */
  focused() {
    return this.page.evaluate(() => document.activeElement?.id ?? "");
  }
}
