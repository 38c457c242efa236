/**
 * Uses the page as people do, in Chromium: served by the mock server, and exported behind Python's static server.
 *
 *     PAGE=DIR MOCK=PROGRAM node web-demo/test/run.mjs [CASE]…
 *
 * PAGE is an exported page (`cargo xtask page`), MOCK the mock server, CHROMIUM the browser. SHOTS names a folder for pictures of
 * every view. Anything that fails, or cannot be run, ends it with 1.
 */

import { accessibility } from "./cases/accessibility.mjs";
import { asynchronous } from "./cases/asynchronous.mjs";
import { callers } from "./cases/callers.mjs";
import { exported } from "./cases/exported.mjs";
import { forms } from "./cases/forms.mjs";
import { keyboard } from "./cases/keyboard.mjs";
import { link } from "./cases/link.mjs";
import { many } from "./cases/many.mjs";
import { meanwhile } from "./cases/meanwhile.mjs";
import { mouse } from "./cases/mouse.mjs";
import { own } from "./cases/own.mjs";
import { partial } from "./cases/partial.mjs";
import { pictures } from "./cases/pictures.mjs";
import { trouble } from "./cases/trouble.mjs";
import { unknown } from "./cases/unknown.mjs";
import { violations } from "./cases/violations.mjs";
import { walk } from "./cases/walk.mjs";
import { weight } from "./cases/weight.mjs";
import { Place } from "./lib/place.mjs";

/** What measures stands first, and alone. */
const ALONE = { weight, many };
const TOGETHER = { callers, own, forms, accessibility, pictures, asynchronous, partial, violations, unknown, keyboard, mouse, link, trouble, exported, meanwhile, walk };
/** How many are run at a time. */
const AT_ONCE = 3;

const asked = process.argv.slice(2);
const strange = asked.filter((name) => !Object.hasOwn({ ...ALONE, ...TOGETHER }, name));
if (strange.length > 0) {
  console.error(`there is no case ${strange.join(", ")}, only ${Object.keys({ ...ALONE, ...TOGETHER }).join(", ")}`);
  process.exit(2);
}
const place = await Place.open();
/** @type {string[]} */
const failed = [];
try {
  const chosen = (/** @type {object} */ cases) => Object.entries(cases).filter(([name]) => asked.length === 0 || asked.includes(name));
  for (const [name, run] of chosen(ALONE)) await one(name, run);
  const waiting = chosen(TOGETHER);
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await one(...next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
} finally {
  await place.close();
}
console.log(failed.length === 0 ? "All of it works." : `Failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** @param {string} name @param {(place: Place, say: (what: string) => void) => Promise<void>} run */
async function one(name, run) {
  const start = performance.now();
  /** @type {string[]} */
  const said = [];
  try {
    await run(place, (what) => said.push(`  ok  ${what}`));
  } catch (error) {
    failed.push(name);
    said.push(`  FAILED  ${(/** @type {Error} */ (error).stack ?? String(error)).replaceAll("\n", "\n          ")}`);
  }
  console.log([`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`, ...said].join("\n"));
}
