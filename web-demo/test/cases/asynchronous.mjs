/** An API that accepts now and deletes later: operations advance before one's eyes, and one of them fails. */

import assert from "node:assert/strict";

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function asynchronous(place, say) {
  await place.visit("?api=seismic-programs&ids=brand-refresh,price-list-2022", async (visit) => {
    const { page } = visit;
    await visit.says(visit.row("Brand refresh").locator(".forecast"), "✓ Will be accepted");
    await page.locator("#option").check();
    await visit.says(page.locator("#target"), "");
    assert.match(await page.locator("#target").inputValue(), /deleteTasks=true/);
    await visit.delete();
    await visit.says(page.locator("#report-text"), "2 being deleted.");
    await visit.says(visit.told("Brand refresh"), /Accepted Operation: (pending|running), \d+ %/);
    await visit.counts(visit.row("Price list 2022"), 0);
    await page.locator("#operations-details summary").click();
    await visit.counts(page.locator("#operations li"), 2);
    say("accepted, with an operation for each");

    for (let time = 0; time < 3; time += 1) await page.locator("#skip-ahead").click({ timeout: 2000 }).catch(() => {});
    await visit.says(page.locator("#report-text"), "1 deleted, 1 not deleted.");
    await visit.says(visit.told("Price list 2022"), /Not deleted A task of the program is locked\./);
    await visit.says(page.locator("#operations"), /failed, \d+ %: A task of the program is locked\./);
    await visit.row("Price list 2022").waitFor();
    await visit.counts(visit.row("Brand refresh"), 0);
    await visit.agrees();
    say("one ends, the other fails and its program is back");
  });
}
