/** The mock in JavaScript, in the tests of an application: with Vitest, MSW and Playwright, and as a server. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { command } from "../lib/command.mjs";
import { Mock } from "../lib/mock.mjs";
import { Project } from "../lib/project.mjs";

/** @param {import("../run.mjs").Context} context */
export async function mock({ say, examples, ...context }) {
  const project = await Project.copy(join(examples, "mock"), context);
  const told = await project.tool("vitest", ["run", "--reporter", "json"]);
  const { numTotalTests, numPassedTests } = JSON.parse(told.slice(told.indexOf("{")));
  assert.deepEqual([numPassedTests, numTotalTests], [7, 7], told);
  say("Vitest, MSW and Playwright have requests answered by it");

  const server = await Mock.start(join(project.folder, "node_modules/.bin/bulk-delete"), "mock");
  try {
    const health = await fetch(`${server.url}/__mock/health`);
    assert.deepEqual(await health.json(), { status: "ok" });
  } finally {
    server.stop();
  }
  say("`npx bulk-delete mock` serves it");

  const beside = { cwd: context.packageFolder, env: { BULK_DELETE_MOCK: context.mock.program } };
  await command("node", ["--test", "tests/binary/command.test.js"], beside);
  say("what it prints, answers and ends with is what the binary does");
}
