/** The address holds what is seen: whoever opens it sees the same. */

import assert from "node:assert/strict";

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function link(place, say) {
  await place.visit("", async (visit) => {
    const { page } = visit;
    await visit.choose("anaplan-models");
    await page.locator("#caller").selectOption("dan");
    await visit.row("Budget 2023").click();
    await visit.row("Budget 2027").click();
    await page.locator("#facts input[name=state]").uncheck();
    await page.waitForFunction(() => location.search.includes("without=state"));
    const search = await page.evaluate(() => location.search);
    const before = await page.locator("#row-list").innerText();
    await visit.open(search);
    assert.equal(await page.locator("#caller").inputValue(), "dan");
    assert.equal(await page.locator("#facts input[name=state]").isChecked(), false);
    assert.equal(await page.locator("#row-list").innerText(), before);
    assert.equal(await page.evaluate(() => location.search), search);
    say("API, caller, selection and facts");

    await visit.open("?api=codearts-applications&in=5f1d0c7a9b3e4d28a6c4e1f20b7d9358&ids=all");
    await visit.counts(page.locator("#row-list tr.selected"), 2);
    await visit.open("?api=nonsense&as=nonsense&ids=%F0%9F%98%80,x&without=nonsense&in=nowhere");
    assert.equal(await page.locator("#caller").inputValue(), "ada");
    await visit.counts(page.locator("#row-list tr.selected"), 2, "what is not listed is selected all the same");
    await visit.open("?api=anaplan-models&ids=%25zz,%E0%A4%A");
    assert.deepEqual([await page.locator("#row-list tr.selected").count(), await page.locator("#trouble").isVisible()], [2, false], "what is no encoding is taken as it is");
    await page.evaluate((text) => {
      document.getElementById("paste").click();
      document.getElementById("pasted").value = text;
      document.querySelector("#paste-dialog [value=yes]").click();
    }, `\ud800 ${"z".repeat(300_000)}`);
    await visit.says(page.locator("#status"), /^The request breaks the contract in 1 place/);
    await page.waitForFunction(() => !location.search.includes("ids="));
    say("another container, all of it, and nonsense");

    await visit.open("?api=anaplan-models");
    const rows = await page.locator("#row-list tr").count();
    const elsewhere = Array.from({ length: rows }, (_, index) => `elsewhere-${index}`);
    await page.locator("#body").fill(JSON.stringify({ modelIdsToDelete: elsewhere }));
    await page.waitForFunction((ids) => location.search.endsWith(`ids=${ids}`), elsewhere.join(","));
    await visit.open("?api=anaplan-models");
    await page.locator("#paste").click();
    await page.locator("#pasted").fill("all");
    await page.locator("#paste-dialog [value=yes]").click();
    await page.waitForFunction(() => location.search.includes("ids="));
    await visit.open(await page.evaluate(() => location.search));
    assert.deepEqual(await page.locator("#row-list tr.selected .id").allInnerTexts(), ["all"]);
    say("as many as there are rows are not all rows, and neither is one that is called `all`");
  });
}
