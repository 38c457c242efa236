/** The server goes away: the page says so, moves the focus there, and goes on when it is back. */

import assert from "node:assert/strict";

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function trouble(place, say) {
  await place.visit("?api=anaplan-models&ids=1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E", async (visit) => {
    const { page } = visit;
    await page.context().setOffline(true);
    await page.locator("#reset").click();
    await visit.says(page.getByRole("alert"), /^Something went wrong: /);
    assert.equal(await visit.focused(), "trouble");
    await page.locator("#delete").click();
    await page.locator("#confirm-yes").click();
    await visit.says(page.locator("#report-text"), "1 unknown.");
    await visit.says(page.locator("#report-notes"), /connection was lost/);
    await page.context().setOffline(false);
    await page.locator("#retry-now").click();
    await visit.says(page.locator("#report-text"), "1 deleted.");
    assert.equal(await page.getByRole("alert").isVisible(), false);
    visit.errors = visit.errors.filter((error) => !error.includes("ERR_INTERNET_DISCONNECTED"));
    say("told, and tried again");
  });
}
