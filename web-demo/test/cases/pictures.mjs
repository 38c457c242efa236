/** Pictures of every view, at three widths and in both schemes, for people to look at. Made where SHOTS names a folder. */

import { join } from "node:path";
import { views } from "../lib/views.mjs";

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function pictures(place, say) {
  const { SHOTS } = process.env;
  if (SHOTS === undefined) {
    say("none: SHOTS names no folder");
    return;
  }
  for (const width of [360, 800, 1280]) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await place.visit(
        "?api=anaplan-models",
        (visit) =>
          views(visit, async (name) => {
            await visit.page.screenshot({ path: join(SHOTS, `${name}-${width}-${colorScheme}.png`), fullPage: !["paste", "confirm"].includes(name) });
          }),
        { viewport: { width, height: 800 }, colorScheme },
      );
    }
  }
  say(`in ${SHOTS}`);
}
