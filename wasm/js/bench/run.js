/**
 * Measures the package beside what people use instead, in Node and in Chromium, and prints a Markdown table. `cargo xtask
 * bench wasm` runs it, after making the package.
 */

import { parseArgs } from "node:util";
import { inChromium } from "./chromium.js";
import { inNode } from "./node.js";
import { sizes } from "./sizes.js";
import { markdown, missed } from "./table.js";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "1" },
    check: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
  },
});
const seconds = Number(values.seconds);
if (!(seconds > 0)) throw new TypeError(`--seconds must be a number above 0, and is ${values.seconds}`);

const PLACES = { node: inNode, chromium: inChromium };
const places = Object.keys(PLACES).filter((place) => values.only.length === 0 || values.only.includes(place));
const rows = [...(await sizes())];
for (const place of places) {
  console.error(`Measuring in ${place} …`);
  for (const row of await PLACES[/** @type {keyof typeof PLACES} */ (place)](seconds)) rows.push({ ...row, place });
}
console.log(markdown(rows));
const failures = missed(rows);
if (failures.length > 0) {
  console.log(`\nMissed: ${failures.join("; ")}.`);
  if (values.check) process.exitCode = 1;
}
