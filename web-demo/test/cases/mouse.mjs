/** Clicking, shift-clicking, selecting all, pasting ids. */

import assert from "node:assert/strict";

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function mouse(place, say) {
  await place.visit("?api=aisquare-experiences", async (visit) => {
    const { page } = visit;
    const chosen = () => page.locator("#row-list tr.selected").count();
    await visit.row("Museum of Tides").click();
    await visit.row("Harbour Tour").click({ modifiers: ["Shift"] });
    assert.equal(await chosen(), 4);
    await visit.row("Night Market Quest").locator("input").click();
    assert.equal(await chosen(), 3);
    await visit.row("Night Market Quest").locator("input").click({ modifiers: ["Shift"] });
    await page.locator("#clear").click();
    assert.equal(await chosen(), 0);
    await visit.says(visit.status, "Nothing is selected.");
    await visit.all();
    assert.equal(await chosen(), 16);
    await page.locator("#all").uncheck();
    assert.equal(await chosen(), 0);
    await visit.row("Museum of Tides").locator(".id").dblclick({ position: { x: 6, y: 6 } });
    assert.notEqual(await page.evaluate(() => getSelection()?.toString()), "", "a double click selects the text");
    await visit.row("Harbour Tour").locator(".forecast").click({ modifiers: ["Shift"] });
    assert.equal(await chosen(), 4, "and the range goes on from there");
    await visit.row("Museum of Tides").click({ modifiers: ["Control"] });
    assert.equal(await chosen(), 3, "a row by itself, though a key is held");
    assert.equal(await visit.row("Museum of Tides").locator("input").evaluate((box) => box === document.activeElement), true);
    await page.locator("#clear").click();
    say("rows are selected one by one, in ranges, and all");

    await page.locator("#paste").click();
    await page.locator("#pasted").fill("1024, 2048\n9007199254740993 77");
    await page.locator("#paste-dialog").getByRole("button", { name: "Select them" }).click();
    assert.equal(await chosen(), 4);
    await visit.says(visit.row("Not in the list").locator(".forecast"), /^✕ Stays Invalid or non-existent IDs will be ignored/);
    assert.match(await page.locator("#body").inputValue(), /\[\s+1024,\s+2048,\s+9007199254740993,\s+77\s+\]/, "ids beyond doubles are exact");
    await visit.delete();
    await visit.says(page.locator("#report-text"), "3 deleted, 1 not found.");
    await visit.counts(visit.row("Beyond Double Precision"), 0);
    await visit.counts(visit.row("Its Even Neighbour"), 1, "the neighbour of a rounded id is still there");
    say("pasted ids, listed or not, of any size");

    await page.locator("#rows-title").click();
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text", '["2049","2051"]');
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
    assert.equal(await chosen(), 2);
    await visit.row("Harbour Tour").click();
    await visit.delete();
    await visit.says(page.locator("#report-notes"), /Domain clean-up could not be queued for experience 2050\./);
    say("warnings of an answer are shown");
  });
}
