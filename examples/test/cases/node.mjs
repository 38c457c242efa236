/** The script for the command line. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { command } from "../lib/command.mjs";
import { Project } from "../lib/project.mjs";
import { assertDeleted, DENIED, FINE, FOUR, OPEN, REASONS, UNKNOWN } from "../lib/story.mjs";

/** @param {import("../run.mjs").Context} context */
export async function node({ say, examples, mock, ...context }) {
  const project = await Project.copy(join(examples, "node"), context);
  await mock.reset();
  const run = (/** @type {readonly { id: string }[]} */ models, /** @type {number} */ ends, ...args) =>
    command(process.execPath, ["delete-models.mjs", ...args], {
      cwd: project.folder,
      env: { BASE_URL: mock.url },
      input: models.map(({ id }) => `${id}\n`).join(""),
      ends,
    });

  const foretold = await run(FOUR, 1, "--dry-run");
  assert.match(foretold, /Forecast: 1 of 4 will be deleted\b/);
  assert.ok(foretold.includes(REASONS[1]), `it does not say: ${REASONS[1]}\n${foretold}`);
  // Neither is on the list that the caller sees, so that it may be one or the other.
  for (const { id } of [DENIED, UNKNOWN]) assert.match(foretold, new RegExp(`${id}.*unknown`));
  await assertDeleted(mock);
  say("says beforehand what would be left");

  const reported = await run(FOUR, 1);
  assert.match(reported, /Report: 1 deleted, 1 not found, 2 not deleted\./);
  for (const reason of REASONS.slice(1)) assert.ok(reported.includes(reason), `it does not say: ${reason}\n${reported}`);
  await assertDeleted(mock, FINE);
  say("ends with 1 where something is left");

  await mock.close(OPEN);
  assert.match(await run([OPEN], 0), /Report: 1 deleted\./);
  await run([], 2);
  say("ends with 0 where nothing is, and with 2 where nothing was asked");
}
