/** Facts are taken away: what they decided becomes *not known*, and what happens is still among what was possible. */

import assert from "node:assert/strict";

const APIS = ["anaplan-models", "seismic-programs", "aisquare-experiences", "codearts-applications", "workspace-scheduled-tasks"];

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function unknown(place, say) {
  let taken = 0;
  for (const api of APIS) {
    await place.visit(`?api=${api}`, async (visit) => {
      const { page } = visit;
      await visit.all();
      // One that is hidden would decide for all of them.
      if (api === "seismic-programs") await visit.row("Board briefing").click();
      const boxes = page.locator("#facts input");
      const before = await page.locator("#row-list .sign").allTextContents();
      for (const box of await boxes.all()) {
        await box.uncheck();
        const name = await box.getAttribute("name");
        const after = await page.locator("#row-list .sign").allTextContents();
        assert.ok(after.includes("?Not known"), `without ${name} something is not known in ${api}: ${after}`);
        after.forEach((text, index) => assert.ok(text === before[index] || text === "?Not known", `${name}: ${before[index]} became ${text}`));
        await box.check();
        taken += 1;
      }
      assert.deepEqual(await page.locator("#row-list .sign").allTextContents(), before, "given back, all is as it was");
      for (const box of await boxes.all()) await box.uncheck();
      await page.locator("#delete").click();
      await visit.says(page.locator("#confirm-title"), /^Delete up to \d+ /);
      await page.locator("#confirm-yes").click();
      await visit.reported();
      await visit.says(page.locator("#agreement"), /left open, no disagreement\.$/);
    });
  }
  say(`${taken} facts of ${APIS.length} APIs, one by one and all together`);
}
