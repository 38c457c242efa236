/** What the package brings for tests: Playwright with several workers on one server, each in its session, and Vitest. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { Project } from "../lib/project.mjs";

/** @param {import("../run.mjs").Context} context */
export async function helpers({ say, fixtures, mock, ...context }) {
  const project = await Project.copy(join(fixtures, "helpers"), context);
  const env = { BULK_DELETE_MOCK: mock.program };

  await project.tool("tsc", []);
  say("TypeScript knows the fixtures and the matchers");

  const told = await project.tool("playwright", ["test"], env);
  const sessions = new Set(told.match(/(?<=worker \d+ in )\S+/g));
  assert.ok(sessions.size > 1, `several workers, each in its session: ${told}`);
  assert.match(told, /6 passed/);
  say(`Playwright: ${sessions.size} workers on one server, each in a session of its own`);

  assert.match(await project.tool("playwright", ["test", "--config", "own.config.ts"], env), /1 passed/);
  say("Playwright: a worker that finds no server starts one");

  await project.tool("vitest", ["run", "--dir", "vitest"], env);
  say("Vitest: mocks that begin anew, a session on a server, the server started and stopped");
}
