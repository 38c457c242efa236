/** axe looks at every view, in both schemes, wide and narrow, and finds nothing. */

import axe from "axe-core";
import { views } from "../lib/views.mjs";

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function accessibility(place, say) {
  let count = 0;
  for (const [width, colorScheme] of /** @type {const} */ ([[1280, "light"], [360, "dark"]])) {
    await place.visit(
      "?api=anaplan-models",
      async (visit) => {
        await visit.page.evaluate(axe.source);
        await views(visit, async (name) => {
          const found = await visit.page.evaluate(async () => {
            const { violations } = await /** @type {any} */ (globalThis).axe.run(document, { resultTypes: ["violations"] });
            return violations.flatMap((/** @type {any} */ { id, help, nodes }) =>
              nodes.map((/** @type {any} */ { html, failureSummary }) => `${id}: ${help}: ${html}\n${failureSummary}`),
            );
          });
          if (found.length > 0) throw new Error(`${name}, ${width} pixels, ${colorScheme}:\n${found.join("\n")}`);
          const overflow = await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (overflow > 0) throw new Error(`${name}: it is ${overflow} pixels wider than ${width}`);
          const astray = await visit.page.evaluate(() => {
            const rows = [...document.querySelectorAll("#report-rows tr, #row-list tr")].filter((row) => row.checkVisibility());
            const box = (/** @type {Element} */ element) => element.getBoundingClientRect();
            return rows.filter((row) => box(row).top < box(/** @type {Element} */ (row.closest("section"))).top).length;
          });
          if (astray > 0) throw new Error(`${name}, ${width} pixels: ${astray} rows stand outside of their section`);
          count += 1;
        });
      },
      { viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce" },
    );
  }
  say(`${count} views: nothing to say, and none is wider than its screen`);
}
