/** The server goes away, or the world changes behind the page: it says so, and goes on. */

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
    await visit.says(page.locator("#agreement"), "1 left open, no disagreement.");
    await page.context().setOffline(false);
    await page.locator("#retry-now").click();
    await visit.says(page.locator("#report-text"), "1 deleted.");
    assert.equal(await page.getByRole("alert").isVisible(), false);
    visit.errors = visit.errors.filter((error) => !error.includes("ERR_INTERNET_DISCONNECTED"));
    say("told, and tried again");
  });

  await place.visit("?api=anaplan-models&ids=1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E,2D0E3F8051B25C6D9E7F403B2C1D0E9F", async (visit) => {
    const { page } = visit;
    // Somebody opens a model after the page was loaded: what the page knows of it is true no more.
    const status = await page.evaluate(async () => {
      const container = "workspace/75A40874E6B64FA3AE0743278996850F";
      const model = { kind: "model", id: "1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E", container, state: "open" };
      return (await fetch("/__mock/world", { method: "PATCH", body: JSON.stringify({ resources: [model] }) })).status;
    });
    assert.equal(status, 204);
    await page.locator("#delete").click();
    await page.locator("#confirm-yes").click();
    await visit.says(page.locator("#agreement"), "1 of 2 as foretold, 1 DISAGREE.");
    await visit.counts(page.locator("#report-rows tr.differs"), 1);
    await visit.says(page.locator("#report-rows tr.differs .agreed"), "≠ No");
    say("a forecast from facts that were true no more is shown to disagree");
  });

  await place.visit("?api=codearts-applications&ids=all", async (visit) => {
    const { page } = visit;
    const rows = await page.locator("#row-list tr").count();
    // One thing a request, and each takes its time: there are some left when the world has begun anew.
    await page.locator("#size").fill("1");
    await page.evaluate(() => {
      const { fetch } = globalThis;
      const wait = (/** @type {number} */ time) => new Promise((resolve) => setTimeout(resolve, time));
      globalThis.fetch = async (input, init) => {
        if (String(input).endsWith("/batch-delete")) await wait(150);
        const answer = await fetch(input, init);
        if (String(input).endsWith("/__mock/reset")) await wait(600);
        return answer;
      };
    });
    await page.locator("#delete").click();
    await page.locator("#confirm-yes").click();
    await page.waitForFunction(() => /** @type {HTMLProgressElement} */ (document.querySelector("#progress")).value >= 2);
    await page.locator("#reset").click();
    await page.waitForTimeout(900);
    await visit.ready();
    await visit.says(page.locator("#rows-title"), `${rows} applications`);
    await page.locator("#audit-details summary").click();
    await visit.says(page.locator("#audit"), "Nobody has deleted anything yet.");
    say("Reset ends what is on its way, and nothing of it comes after");
  });
}
