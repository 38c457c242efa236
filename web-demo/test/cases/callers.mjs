/** Every caller of every API selects everything and presses Delete: what happens is what was foretold. */

import assert from "node:assert/strict";

/** How many of all rows each caller deletes; what nobody tells (an empty answer) counts as gone. */
const DELETED = {
  "anaplan-models": { ada: "6 deleted, 4 not deleted.", bob: "10 not deleted.", expired: "10 not deleted.", cleo: "10 not deleted.", dan: "10 not deleted.", nobody: "10 not deleted." },
  "seismic-programs": { ada: "1 not found, 8 not deleted.", bob: "1 not found, 8 not deleted.", expired: "9 not deleted.", dan: "9 not deleted.", cleo: "9 not deleted.", eva: "9 not deleted.", nobody: "9 not deleted." },
  "aisquare-experiences": { ada: "12 deleted, 4 not found.", bob: "3 deleted, 13 not found.", expired: "16 not deleted.", cleo: "1 deleted, 15 not found.", dan: "16 not found.", nobody: "16 not deleted." },
  "codearts-applications": { ada: "5 deleted, 4 not deleted.", bob: "9 not deleted.", expired: "9 not deleted.", cleo: "9 not deleted.", dan: "6 deleted, 3 not deleted.", nobody: "9 not deleted." },
  "workspace-scheduled-tasks": { ada: "8 gone.", bob: "8 not deleted.", expired: "8 not deleted.", cleo: "8 not deleted.", dan: "8 gone.", nobody: "8 not deleted." },
};

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function callers(place, say) {
  const apis = Object.entries(DELETED);
  await Promise.all([0, 1].map((half) => some(place, apis.filter((_, index) => index % 2 === half))));
  say(`${apis.length} APIs, ${apis.reduce((sum, [, each]) => sum + Object.keys(each).length, 0)} callers: no disagreement`);
}

/** @param {import("../lib/place.mjs").Place} place @param {[string, Record<string, string>][]} apis */
async function some(place, apis) {
  for (const [api, wanted] of apis) {
    await place.visit(`?api=${api}`, async (visit) => {
      const offered = await visit.page.locator("#caller option").evaluateAll((options) => options.map((each) => /** @type {HTMLOptionElement} */ (each).value));
      assert.deepEqual(offered, Object.keys(wanted), `the callers of ${api}`);
      let isChanged = false;
      for (const [caller, text] of Object.entries(wanted)) {
        if (isChanged) await visit.page.locator("#reset").click();
        await visit.ready();
        isChanged = /^\d+ (deleted|gone)/.test(text);
        await visit.page.locator("#caller").selectOption(caller);
        await visit.all();
        const rows = await visit.page.locator("#row-list tr").count();
        await visit.counts(visit.page.locator("#row-list .sign"), rows, "every row says what will happen to it");
        await visit.delete();
        await visit.says(visit.page.locator("#report-text"), text.replace(/^./, (first) => first.toUpperCase()));
        await visit.counts(visit.page.locator("#report-rows tr"), rows, `${api}, ${caller}`);
      }
    });
  }
}
