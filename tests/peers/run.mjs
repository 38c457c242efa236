/**
 * Tries what bulk-delete, Prism, WireMock, Mockoon and MSW do with a bulk delete, and holds the README's table against it.
 *
 * `yes`: it does, as it comes. `by hand`: it does with the stubs, templates or handlers that stand in `peers/` for it, which a
 * user would write. `no`: the trial failed, and why is told. A dash: it has nothing that could be tried.
 */

import { AssertionError } from "node:assert";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { ROOT } from "./programs.mjs";
import { rows } from "./rows.mjs";
import * as ours from "./peers/ours.mjs";
import * as prism from "./peers/prism.mjs";
import * as wiremock from "./peers/wiremock.mjs";
import * as mockoon from "./peers/mockoon.mjs";
import * as msw from "./peers/msw.mjs";

/**
 * @typedef {Record<keyof typeof rows, [cell: string, trial: () => Promise<void>] | string>} Tries for each row what its cell says
 *   if the trial succeeds; or why there is nothing to try
 */

/** @type {{ name: string, tries: Tries }[]} */
const peers = [ours, prism, wiremock, mockoon, msw];
const only = process.argv.slice(2);

/** @param {{ name: string, tries: Tries }} peer @param {keyof typeof rows} row */
async function cell(peer, row) {
  const attempt = peer.tries[row];
  if (typeof attempt === "string") return { says: "–", because: attempt };
  const [says, trial] = attempt;
  try {
    await trial();
    return { says, because: "" };
  } catch (cause) {
    // What is wrong with the trial itself, or with the machine, is no finding about a peer.
    if (!(cause instanceof AssertionError)) throw cause;
    return { says: "no", because: cause.message.split("\n").filter((line) => line.trim() !== "").slice(0, 6).join(" ").slice(0, 200) };
  }
}

/** @type {string[][]} */
const table = [["", ...peers.map(({ name }) => name)]];
for (const row of /** @type {(keyof typeof rows)[]} */ (Object.keys(rows))) {
  if (only.length > 0 && !only.includes(row)) continue;
  const cells = [];
  for (const peer of peers) {
    const { says, because } = await cell(peer, row);
    console.log(`${row}, ${peer.name}: ${says}${because === "" ? "" : ` (${because})`}`);
    cells.push(says);
  }
  table.push([rows[row], ...cells]);
}

const lines = table.map((cells) => `| ${cells.join(" | ")} |`.replace("|  |", "| |"));
lines.splice(1, 0, `|---${"|:---:".repeat(peers.length)}|`);
console.log(`\n${lines.join("\n")}`);

const readme = (await readFile(path.join(ROOT, "README.md"), "utf8")).split("\n");
const missing = lines.filter((line) => !readme.includes(line));
if (missing.length > 0) {
  console.error(`\nREADME.md does not say:\n${missing.join("\n")}`);
  process.exitCode = 1;
}
