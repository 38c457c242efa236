/** Without a mouse: from the first key to the report, and back. */

import assert from "node:assert/strict";

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function keyboard(place, say) {
  await place.visit("", async (visit) => {
    const { page } = visit;
    const press = async (/** @type {string[]} */ ...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    /** @param {string} selector */
    const tabTo = async (selector) => {
      for (let times = 0; times < 60; times += 1) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
        await press("Tab");
      }
      assert.fail(`Tab does not lead to ${selector}`);
    };
    await press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the table");
    await tabTo("input[name=api]");
    await press("ArrowDown");
    await page.waitForFunction(() => location.search.includes("seismic-programs"));
    await visit.ready();
    await press("ArrowUp");
    await page.waitForFunction(() => location.search.includes("anaplan-models"));
    await visit.ready();
    say("an API is chosen by arrows");

    await tabTo("#row-list input");
    await press("Space", "ArrowDown", "ArrowDown", "Space", "Shift+ArrowDown", "Shift+ArrowDown");
    const checked = await page.locator("#row-list input").evaluateAll((boxes) => boxes.map((box) => /** @type {HTMLInputElement} */ (box).checked));
    assert.deepEqual(checked.slice(0, 6), [true, false, true, true, true, false]);
    await press("Control+a");
    await visit.says(visit.status, /^6 of 10 will be deleted\./);
    await press("End", "Space");
    await visit.says(visit.status, /^5 of 9 will be deleted\./);
    say("rows are selected by arrows, Space, Shift and Ctrl+A");

    await tabTo("#delete");
    await press("Enter");
    await visit.dialog.waitFor();
    await press("Escape");
    assert.equal(await visit.dialog.isVisible(), false);
    assert.equal(await visit.focused(), "delete", "the focus comes back");
    await press("Enter");
    await visit.dialog.waitFor();
    await tabTo("#confirm-yes");
    await press("Enter");
    await visit.reported();
    say("deleted, and the focus is on the report");

    await tabTo("#retry-changed");
    await tabTo("#row-list input");
    await tabTo("#body");
    await press("Control+a", "x");
    await visit.says(page.locator("#violations-title"), /broken in 1 place$/);
    await page.keyboard.press("Shift+Tab");
    await page.locator("#delete").focus();
    await press("Enter");
    assert.equal(await visit.focused(), "violations");
    await tabTo("#violation-list a");
    await press("Enter");
    assert.equal(await visit.focused(), "body");
    say("a violation is found and led to");
  });
}
