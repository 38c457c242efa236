/** A person at the React application: type-checked, built by two generations of Vite, and served by both as one develops with it. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { DevServer } from "../lib/dev-server.mjs";
import { serve } from "../lib/files.mjs";
import { Project } from "../lib/project.mjs";
import { assertDeleted, assertText, DENIED, FINE, OPEN, REASONS, UNKNOWN } from "../lib/story.mjs";

const VITES = ["8.3.8", "7.3.8"];

/** @param {import("../run.mjs").Context} context */
export async function viteReact({ say, examples, mock, browser, ...context }) {
  const project = await Project.copy(join(examples, "vite-react"), context);
  await project.tool("tsc", ["--noEmit"]);
  say("type-checks");
  const env = { VITE_API: mock.url };
  for (const version of VITES) {
    await project.install(`vite@${version}`);
    await project.tool("vite", ["build"], env);
    const files = await serve(join(project.folder, "dist"));
    try {
      await browser.visit(`${files.url}/index.html`, (page) => walk(page, mock));
      await browser.visit(`${files.url}/form.html`, (page) => fillForm(page, mock));
      const failed = (/** @type {import("playwright-core").Page} */ page) => assertText(page.getByRole("alert"), /^the engine could not be/);
      await browser.visit(`${files.url}/index.html`, failed, "**/*.wasm");
    } finally {
      files.stop();
    }
    say(`builds with Vite ${version}: forecast, report, retry, form, and a word where the engine is missing`);

    const server = await DevServer.start(project.folder, env);
    try {
      await browser.visit(server.url, (page) => walk(page, mock));
    } finally {
      server.stop();
    }
    say(`runs in the development server of Vite ${version}`);
  }
}

/** @param {import("playwright-core").Page} page @param {import("../lib/mock.mjs").Mock} mock */
async function walk(page, mock) {
  await mock.reset();
  await page.reload();
  const tick = (model) => page.getByRole("checkbox", { name: model.name }).press("Space");
  const others = page.getByLabel("Other ids");
  const ask = page.getByRole("button", { name: /^Delete \d+…$/ });

  for (const model of [FINE, OPEN, DENIED]) await tick(model);
  await others.pressSequentially(`["${UNKNOWN.id}", 7]`);
  await assertText(page.getByRole("alert"), "7 must be a string, is an integer");
  await others.fill(UNKNOWN.id);
  await assertText(page.getByRole("row", { name: OPEN.name }).getByRole("cell").last(), REASONS[1]);

  await ask.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Delete 4 models?" });
  assert.deepEqual((await dialog.getByRole("listitem").allInnerTexts()).toSorted(), told("Will be deleted.", ": "));
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await assertDeleted(mock);

  let answer = () => {};
  const held = new Promise((resolve) => (answer = () => resolve(undefined)));
  await page.route("**/bulkDeleteModels", async (route) => {
    await held;
    await route.continue();
  });
  await ask.press("Enter");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await assertText(page.getByRole("status"), "Deleting: 0 of 4 answered.");
  answer();

  const report = page.getByRole("region", { name: "Report" });
  await assertText(report.getByRole("status"), "1 deleted, 1 not found, 2 not deleted.");
  const rows = report.locator("tbody tr");
  const read = await rows.evaluateAll((each) => each.map(({ cells }) => `${cells[0].innerText} ${cells[1].innerText}`));
  assert.deepEqual(read.toSorted(), told("Deleted.", " "));
  await page.getByRole("checkbox", { name: FINE.name }).waitFor({ state: "detached" });
  await assertDeleted(mock, FINE);

  await mock.close(OPEN);
  await report.getByRole("button", { name: "Try again" }).click();
  await assertText(report.getByRole("status"), "1 deleted, 1 not deleted.");
  await assertDeleted(mock, FINE, OPEN);
}

/** What is said of the four, of which the list does not know one. @param {string} deleted @param {string} between */
function told(deleted, between) {
  const names = [FINE.name, OPEN.name, DENIED.name, UNKNOWN.id];
  return names.map((name, index) => `${name}${between}${REASONS[index] ?? deleted}`).toSorted();
}

/** @param {import("playwright-core").Page} page @param {import("../lib/mock.mjs").Mock} mock */
async function fillForm(page, mock) {
  await mock.reset();
  const field = page.getByLabel("Ids, one a line or a JSON list");
  const button = page.getByRole("button", { name: "Delete" });
  const wrong = page.getByRole("alert");

  await button.click();
  await assertText(wrong, "The list must have at least 1 item, has 0");
  await field.fill(`["${FINE.id}", 7, null]`);
  await assertText(wrong, "Number 2 must be a string, is an integer\nNumber 3 must be a string, is null");
  await assertDeleted(mock);

  await field.fill(`${FINE.id}\n${OPEN.id}`);
  await button.click();
  await assertText(page.getByRole("status"), "1 deleted, 1 not deleted.");
  await assertDeleted(mock, FINE);
}
