/** A person at the page without a build step. */

import { join } from "node:path";
import { serve } from "../lib/files.mjs";
import { Project } from "../lib/project.mjs";
import { assertDeleted, assertText, DENIED, FINE, FOUR, OPEN, REASONS } from "../lib/story.mjs";

/** @param {import("../run.mjs").Context} context */
export async function plain({ say, examples, mock, browser, ...context }) {
  const project = await Project.copy(join(examples, "plain"), context);
  const files = await serve(project.folder);
  await mock.reset();
  try {
    await browser.visit(`${files.url}/?api=${mock.url}`, async (page) => {
      const status = page.getByRole("status");
      const cell = (model, column) => page.getByRole("row", { name: model.name }).getByRole("cell").nth(column);
      const button = page.getByRole("button", { name: "Delete" });

      for (const { name } of FOUR) await page.getByRole("checkbox", { name }).check();
      for (const [index, model] of FOUR.entries()) await assertText(cell(model, 0), REASONS[index] ?? "will be deleted");
      await assertText(status, /^1 of 4 will be deleted\./);
      say("forecasts four models");

      await button.click();
      for (const [index, model] of FOUR.entries()) await assertText(cell(model, 1), REASONS[index] ?? "deleted");
      await assertText(status, "1 deleted, 1 not found, 2 not deleted.");
      await assertDeleted(mock, FINE);
      say("reads the same from the server");

      await mock.close(OPEN);
      await button.click();
      await assertText(cell(OPEN, 1), "deleted");
      await assertText(cell(DENIED, 1), REASONS[2]);
      await assertDeleted(mock, FINE, OPEN);
      say("tries again what may be tried again");
    });
  } finally {
    files.stop();
  }
}
