/** The page as static files, with no server but Python's; and then with no network at all. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function exported(place, say) {
  const { url, stop } = await python(place.page);
  try {
    await place.visit(
      "",
      async (visit) => {
        const { page } = visit;
        assert.equal(await page.locator("input[name=run][value=browser]").isChecked(), true);
        assert.equal(await page.locator("input[name=run][value=server]").isDisabled(), true);
        await page.waitForFunction(() => performance.getEntriesByType("resource").filter(({ name }) => /dist\/contracts/.test(name)).length === 5);
        await page.waitForLoadState("networkidle");
        await page.context().setOffline(true);
        for (const api of ["codearts-applications", "workspace-scheduled-tasks", "aisquare-experiences", "seismic-programs", "anaplan-models"]) {
          await visit.choose(api);
          await visit.all();
          await visit.delete();
        }
        await visit.says(page.locator("#report-text"), "6 deleted, 4 not deleted.");
        await page.locator("#reset").click();
        await visit.ready();
        await visit.says(page.locator("#rows-title"), "10 models");
        say("five APIs in this browser, with the network cut after it was loaded");
      },
      { base: `${url}/` },
    );
  } finally {
    stop();
  }

  await place.visit("?api=anaplan-models", async (visit) => {
    const { page } = visit;
    await visit.all();
    await visit.delete();
    await page.locator("input[name=run][value=browser]").check();
    await page.waitForFunction(() => location.search.includes("run=browser"));
    await visit.ready();
    await visit.says(page.locator("#rows-title"), "10 models");
    await page.locator("input[name=run][value=server]").check();
    await page.waitForFunction(() => !location.search.includes("run=browser"));
    await visit.ready();
    await visit.says(page.locator("#rows-title"), "4 models");
    say("the server and this browser each have a world of their own");

    await visit.open("?api=anaplan-models");
    await page.evaluate(() => {
      for (const name of ["browser", "server"]) /** @type {HTMLElement} */ (document.querySelector(`input[name=run][value=${name}]`)).click();
    });
    // The mock in this browser is the slower of the two to begin.
    await page.waitForTimeout(1500);
    await visit.ready();
    assert.equal(await page.locator("input[name=run][value=server]").isChecked(), true);
    await visit.says(page.locator("#rows-title"), "4 models");
    say("what was chosen last is what counts");
  });
}

/** @param {string} folder @returns {Promise<{ url: string, stop: () => void }>} */
function python(folder) {
  const child = spawn("python3", ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder]);
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (/** @type {Buffer} */ data) => {
      said += data;
      const port = /port (\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve({ url: `http://127.0.0.1:${port}`, stop: () => child.kill() });
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("error", ({ message }) => reject(new Error(`python3 could not be started: ${message}`)));
    child.on("exit", () => reject(new Error(`python3 ended: ${said}`)));
  });
}
