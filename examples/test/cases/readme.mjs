/** A new TypeScript project, as `npm create vite` makes one, of nothing but the first example of the package's README. */

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DevServer } from "../lib/dev-server.mjs";
import { serve } from "../lib/files.mjs";
import { Project } from "../lib/project.mjs";
import { until } from "../lib/until.mjs";

/** @param {import("../run.mjs").Context} context */
export async function readme({ say, packageFolder, fixtures, mock, browser, ...context }) {
  const project = await Project.copy(join(fixtures, "readme"), context);
  const text = await readFile(join(packageFolder, "README.md"), "utf8");
  const example = /^```ts\n(.*?)^```$/ms.exec(text)?.[1];
  assert.ok(example, "the package's README has no example in TypeScript");
  await mkdir(join(project.folder, "src"));
  await writeFile(join(project.folder, "src/main.ts"), example.replaceAll("http://127.0.0.1:4010", mock.url));

  await project.tool("tsc", []);
  await project.tool("vite", ["build"]);
  say("type-checks and builds");

  // What the README says beside a line is what that line says.
  const told = [...example.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment);
  assert.ok(told.length > 0, "the README's example does not say what it prints");
  const files = await serve(join(project.folder, "dist"));
  try {
    await visit(browser, mock, files.url, told);
  } finally {
    files.stop();
  }
  const server = await DevServer.start(project.folder);
  try {
    await visit(browser, mock, server.url, told);
  } finally {
    server.stop();
  }
  say("says what the README says it says, built and while it is developed");
}

/**
 * @param {import("../lib/browser.mjs").Browser} browser
 * @param {import("../lib/mock.mjs").Mock} mock
 * @param {string} url
 * @param {readonly string[]} told
 */
async function visit(browser, mock, url, told) {
  await mock.reset();
  await browser.visit(url, async (_page, lines) => {
    const last = /** @type {string} */ (told.at(-1));
    await until(() => lines.includes(last), () => `the page logged \`${lines.join("; ")}\`, and not \`${last}\``);
    assert.deepEqual(lines.filter((line) => told.includes(line)), told);
    assert.equal((await mock.deleted()).length, 1, "what the mock deleted");
  });
}
