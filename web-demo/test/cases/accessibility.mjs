/** axe looks at every view, in both schemes, wide and narrow, and finds nothing. */

import { audit } from "../lib/audit.mjs";
import { views } from "../lib/views.mjs";

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function accessibility(place, say) {
  let count = 0;
  for (const [width, colorScheme] of /** @type {const} */ ([[1280, "light"], [360, "dark"]])) {
    await place.visit(
      "?api=anaplan-models",
      async (visit) => {
        await visit.page.evaluate(audit.source);
        await views(visit, async (name) => {
          await audit(visit.page, `${name}, ${width} pixels, ${colorScheme}`);
          count += 1;
        });
      },
      { viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce" },
    );
  }
  say(`${count} views: nothing to say, and none is wider than its screen`);
}
