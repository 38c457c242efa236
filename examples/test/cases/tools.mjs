/** What else a package must get along with: webpack, Vitest, and a web worker. */

import { join } from "node:path";
import { serve } from "../lib/files.mjs";
import { Project } from "../lib/project.mjs";
import { assertText } from "../lib/story.mjs";

/** What each of them says of a closed, an open and an unheard-of model. */
const FORETOLD = /^1 of 3 will be deleted\. 1 will not: Model is open\..* 1 will not: Model ID does not exist\.$/;

/** @param {import("../run.mjs").Context} context */
export async function tools({ say, fixtures, browser, ...context }) {
  const project = await Project.copy(join(fixtures, "tools"), context);

  for (const environment of ["node", "jsdom", "happy-dom"]) {
    await project.tool("vitest", ["run", "--environment", environment]);
    say(`Vitest runs a forecast, and a deletion that the mock answers, in ${environment}`);
  }

  for (const mode of ["production", "development"]) {
    await project.tool("webpack", ["--mode", mode, "--config", "webpack/webpack.config.js"]);
    await open(browser, join(project.folder, "webpack"));
    say(`webpack 5 builds a page, in ${mode} mode`);
  }

  await project.tool("vite", ["build", "worker"]);
  await open(browser, join(project.folder, "worker/dist"));
  say("a web worker forecasts");
}

/** @param {import("../lib/browser.mjs").Browser} browser @param {string} folder */
async function open(browser, folder) {
  const files = await serve(folder);
  try {
    await browser.visit(`${files.url}/`, (page) => assertText(page.locator("body"), FORETOLD));
  } finally {
    files.stop();
  }
}
