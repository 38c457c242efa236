/** What axe has to say about a page as it is, and whether something on it is where it should not be. */

import axe from "axe-core";

/** To be evaluated in a page before it is looked at. */
audit.source = axe.source;

/** @param {import("playwright-core").Page} page @param {string} name of the view */
export async function audit(page, name) {
  const found = await page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap((/** @type {any} */ { id, help, nodes }) =>
      nodes.map((/** @type {any} */ { html, failureSummary }) => `${id}: ${help}: ${html}\n${failureSummary}`),
    );
  });
  if (found.length > 0) throw new Error(`${name}:\n${found.join("\n")}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) throw new Error(`${name}: it is ${overflow} pixels wider than its screen`);
  const astray = await page.evaluate(() => {
    const rows = [...document.querySelectorAll("#report-rows tr, #row-list tr")].filter((row) => row.checkVisibility());
    const box = (/** @type {Element} */ element) => element.getBoundingClientRect();
    return rows.filter((row) => box(row).top < box(/** @type {Element} */ (row.closest("section"))).top).length;
  });
  if (astray > 0) throw new Error(`${name}: ${astray} rows stand outside of their section`);
}
