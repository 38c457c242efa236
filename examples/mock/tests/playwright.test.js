/** In front of a page that Playwright drives: what is no contract's goes on to the next route. */

import { existsSync } from "node:fs";
import { createMock } from "bulk-delete/mock";
import anaplanModels from "bulk-delete/mock/contracts/anaplan-models";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { CLOSED, OPEN } from "../models.js";
import { removeModels } from "../remove-models.js";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Has the requests of a page answered by a mock. */
async function routeTo(mock, page) {
  await page.route("**/*", async (route) => {
    const request = route.request();
    const answer = await mock.answer(
      new Request(request.url(), {
        method: request.method(),
        headers: await request.allHeaders(),
        body: request.postDataBuffer(),
      }),
    );
    if (answer === undefined) return route.fallback();
    const body = answer.type === "error" ? null : await answer.arrayBuffer().catch(() => null);
    // A fault has ended the connection: before the answer, or in the middle of it.
    if (body === null) return route.abort();
    const headers = Object.fromEntries(answer.headers);
    await route.fulfill({ status: answer.status, headers, body: Buffer.from(body) });
  });
}

test.skipIf(!existsSync(CHROMIUM))("a page deletes from the mock", { timeout: 30_000 }, async () => {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const mock = await createMock({ contracts: [anaplanModels] });
    const page = await browser.newPage();
    await page.route("https://app.example/", (route) => route.fulfill({ contentType: "text/html", body: "<title>Models</title>" }));
    await routeTo(mock, page);
    await page.goto("https://app.example/");
    await page.addScriptTag({ type: "module", content: `${removeModels}\nconst WORKSPACE = "75A40874E6B64FA3AE0743278996850F"; globalThis.removeModels = removeModels;` });
    await page.waitForFunction(() => "removeModels" in globalThis);
    const left = await page.evaluate(([models, token]) => globalThis.removeModels(models, token), [[CLOSED, OPEN], "ada-token"]);
    expect(left).toEqual(["Budget 2027"]);
    for (const fault of [{ connection: "dropped-before" }, { body: "truncated" }]) {
      mock.faults.add({ ...fault, times: 1 });
      const lost = await page.evaluate(([models, token]) => globalThis.removeModels(models, token).catch(({ name }) => name), [[OPEN], "ada-token"]);
      expect(lost).toBe("TypeError");
    }
    expect(mock.changes().deleted).toMatchObject([{ id: CLOSED.id }]);
  } finally {
    await browser.close();
  }
});
