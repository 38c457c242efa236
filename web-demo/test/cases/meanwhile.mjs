/** What goes on meanwhile: what somebody has begun to do is still theirs when an answer comes, and the focus is somewhere. */

import assert from "node:assert/strict";

/** Holds back the answers to what deletes, until `release` is called. */
const HELD = () => {
  const { fetch } = globalThis;
  const held = new Promise((resolve) => Object.assign(globalThis, { release: resolve }));
  globalThis.fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (/bulk/i.test(String(input))) await held;
    return answer;
  };
};
const release = () => /** @type {any} */ (globalThis).release();

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function meanwhile(place, say) {
  await place.visit("?api=seismic-programs&ids=brand-refresh", async (visit) => {
    const { page } = visit;
    // Safari has it since 17.4 only.
    await page.evaluate(() => Reflect.deleteProperty(Element.prototype, "checkVisibility"));
    await page.locator("#target").fill("/programs/v2/spaces/short/programs?ids=a");
    await page.locator("#revert").click();
    assert.equal(await visit.focused(), "target", "back to the selection where there is no body");
    await visit.delete();
    assert.equal(await page.locator("#report-title").evaluate((title) => title.ariaDescribedByElements?.map(({ id }) => id).join(" ")), "report-text agreement");
    await page.locator("#target").fill("/programs/v2/spaces/short/programs?ids=a");
    await page.locator("#violation-list a").first().focus();
    await visit.says(page.getByRole("status").filter({ hasText: "deleted" }), "1 deleted.");
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "A", "a link to what is wrong stays where it is");
    await visit.choose("seismic-programs");
    await page.locator("#revert").click();
    await visit.row("Price list 2022").click();
    await visit.delete();
    for (let time = 0; time < 4; time += 1) await page.locator("#skip-ahead").click({ timeout: 2000 }).catch(() => {});
    await visit.says(page.locator("#report-text"), "1 not deleted.");
    await page.locator("#skip-ahead").waitFor({ state: "hidden" });
    assert.equal(await visit.focused(), "report-title", "the button is there no more");
    say("operations end, and the focus is where it was, or on what has come of them");
  });

  await place.visit("?api=anaplan-models&ids=1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E,2D0E3F8051B25C6D9E7F403B2C1D0E9F", async (visit) => {
    const { page } = visit;
    await page.evaluate(HELD);
    await page.locator("#delete").click();
    await page.locator("#confirm-yes").click();
    const text = '{"modelIdsToDelete": ["begun"';
    await page.locator("#body").fill(text);
    assert.equal(await page.locator("#send-anyway").isDisabled(), true, "one thing after the other");
    await page.locator("#send-anyway").press("Enter");
    await page.evaluate(release);
    await visit.reported();
    await visit.says(page.locator("#report-text"), "2 deleted.");
    await visit.counts(page.locator("#answer .exchange"), 1, "nothing else was sent");
    assert.equal(await page.locator("#body").inputValue(), text, "what was written meanwhile");
    await page.locator("#revert").click();
    await visit.says(visit.status, "Nothing is selected.");
    say("what somebody writes while a deletion is on its way stays, and what it has deleted is selected no more");

    await page.locator("#body").fill('{"modelIdsToDelete": ["by-hand"]}');
    const row = visit.row("Budget 2027");
    await row.click();
    await visit.says(page.locator("#delete"), "Delete 2…");
    await visit.counts(page.locator("#row-list tr.selected"), 2, "as many rows as the button says");
    say("what was named by hand is a row once it is part of a selection");
  });

  const base = place.address();
  await place.visit("?api=anaplan-models", async (visit) => {
    const { page } = visit;
    const other = await page.context().newPage();
    await other.goto(`${base}?api=anaplan-models&ids=1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E`);
    await page.bringToFront();
    for (const name of ["Budget 2023", "Budget 2024", "Budget 2027"]) await visit.row(name).click();
    await other.bringToFront();
    await other.locator("#delete").click();
    await other.locator("#confirm-yes").click();
    await other.locator("#report").waitFor();
    await page.bringToFront();
    await page.locator("#many").click();
    await visit.says(page.locator("#rows-title"), "10,010 models");
    await visit.says(page.locator("#delete"), "Delete 3…");
    await visit.counts(page.locator("#row-list tr.selected"), 3);
    await visit.says(visit.row("Not in the list").locator(".forecast"), "✕ Stays Model ID does not exist.");
    await page.evaluate(() => {
      /** @type {HTMLElement} */ (document.querySelector("#all")).click();
      const body = /** @type {HTMLTextAreaElement} */ (document.querySelector("#body"));
      body.value = '{"modelIdsToDel';
      body.dispatchEvent(new Event("input"));
    });
    await page.waitForTimeout(300);
    assert.equal(await page.locator("#body").inputValue(), '{"modelIdsToDel', "a request of many ids is written a little later, and not over this");
    say("what somebody else has deleted is told to be there no more");
  }, { base });

  await place.visit("?api=aisquare-experiences", async (visit) => {
    const { page } = visit;
    const first = await page.locator("#target").inputValue();
    for (const back of ["clear", "reset"]) {
      await page.locator("#target").fill("/%zz");
      await page.locator(`#${back}`).click();
      await visit.ready();
      assert.equal(await page.locator("#target").inputValue(), first, back);
    }
    say("what is no request at all goes with Clear, and with Reset");
    await page.locator("#many").click();
    await visit.says(page.locator("#pager span"), /^Page 1 of 2\d\d$/);
    await page.locator("#pager").getByRole("button", { name: "Next" }).click();
    await page.locator("#pager").getByRole("button", { name: "Previous" }).click();
    await page.waitForTimeout(100);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Next", "the way back is what is left");
    say("pages are turned to their end, and back");
  });
}
