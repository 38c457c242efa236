/** Some go and some stay; what stands in the way is put right, and the rest is tried again. */

import assert from "node:assert/strict";

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function partial(place, say) {
  await place.visit("?api=anaplan-models", async (visit) => {
    const { page } = visit;
    for (const name of ["Budget 2023", "Budget 2027", "Board scenario"]) await visit.row(name).click();
    await visit.says(visit.row("Budget 2023").locator(".forecast"), "✓ Will be deleted");
    await visit.says(visit.row("Budget 2027").locator(".forecast"), "✕ Stays Model is open. Please close the model before trying again.");
    await visit.says(visit.status, /^1 of 3 will be deleted\. 1 will not: Model is open\./);
    say("each row says what will happen to it, and why");

    await page.locator("#delete").click();
    await visit.says(page.locator("#confirm-title"), "Delete 1 model?");
    await page.locator("#confirm-no").click();
    await visit.counts(visit.row("Budget 2023"), 1, "whoever does not confirm deletes nothing");
    await visit.delete();
    await visit.says(page.locator("#report-text"), "1 deleted, 2 not deleted.");
    await visit.says(page.locator("#agreement"), "3 of 3 as foretold, no disagreement.");
    await visit.counts(visit.row("Budget 2023"), 0, "what is gone is no row any more");
    say("a confirmation, and the report beside the forecast");

    await visit.told("Budget 2027").getByRole("button", { name: "Close the model" }).click();
    await visit.says(visit.row("Budget 2027").locator(".forecast"), "✓ Will be deleted");
    await page.locator("#retry-changed").click();
    await visit.says(page.locator("#report-text"), "1 deleted, 1 not deleted.");
    await visit.agrees();
    await visit.counts(visit.row("Budget 2027"), 0);
    await visit.counts(visit.row("Board scenario"), 1);
    say("the model is closed, and what may be tried again is tried again");

    await page.locator("#audit-details summary").click();
    await visit.says(page.locator("#audit tbody tr").first(), /ada BC24B51B39CF4701ACF7CBFD2ED93C36 deleted|ada EA8467B737A144C5B73CD56BA86085A0 failed/);
    await page.locator("#answer-details summary").click();
    await visit.says(page.locator("#answer pre").last(), /"modelsDeleted": 1/);
    await page.locator("#curl-details summary").click();
    await visit.says(page.locator("#curl"), /^curl -i -X POST http:\/\/visit-\d+\.localhost:\d+\/2\/0\/workspaces.*AnaplanAuthToken ada-token/);
    await page.locator("#fetch-details summary").click();
    await visit.says(page.locator("#fetch"), /^const response = await fetch\("http.*method: "POST"/);
    say("audit trail, request and response, curl and fetch");

    // Closed while something else is sent, it is not what it was when it is opened again.
    await page.locator("#answer-details summary").click();
    await visit.row("Board scenario").click();
    await visit.row("Budget 2024").click();
    await visit.delete();
    await page.locator("#answer-details summary").click();
    await visit.says(page.locator("#answer pre").first(), /2D0E3F8051B25C6D9E7F403B2C1D0E9F/);
    say("what is shown of the wire is what was sent last");

    const [here, there] = await page.locator("#place option").evaluateAll((options) => options.map((each) => /** @type {HTMLOptionElement} */ (each).value));
    await visit.row("Board scenario").click();
    await visit.delete();
    await page.locator("#place").selectOption(there);
    await page.locator("#retry-changed").click();
    await visit.says(page.locator("#report-text"), "1 not deleted.");
    assert.equal(await page.locator("#place").inputValue(), here, "it is tried again where it was tried");
    assert.match(await page.locator("#answer pre").first().innerText(), new RegExp(`^POST /2/0/workspaces/${here}/`));
    say("another place is looked at, and it is tried again where it was");

    await page.locator("#reset").click();
    await visit.ready();
    await visit.says(page.locator("#rows-title"), "10 models");
    say("Reset brings everything back");
  });
}
