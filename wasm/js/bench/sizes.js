/** How much a page loads, compressed as servers do it, where it can be told beside its budget. `cargo xtask wasm` tells it exactly. */

import { readFile, readdir } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { BODIES } from "./inputs.js";

const PACKAGE = new URL("../", import.meta.url);

/** Those of the package whose names are of other entries. */
const NOT_LOADED = ["node.js", "inline.js"];

export async function sizes() {
  const budgets = JSON.parse(await readFile(new URL("budgets.json", PACKAGE), "utf8"));
  // What stands in folders is of other entries too.
  const glue = (await readdir(new URL("src/", PACKAGE))).filter((name) => name.endsWith(".js") && !NOT_LOADED.includes(name));
  const sources = await Promise.all(glue.map((name) => readFile(new URL(`src/${name}`, PACKAGE), "utf8")));
  const rows = [
    {
      what: "engine with glue (its sources without their comments)",
      bytes: compressed(await readFile(new URL("dist/bulk-delete-lean.wasm", PACKAGE))) + compressed(sources.map(bare).join("")),
    },
  ];
  for (const name of Object.keys(BODIES)) {
    rows.push({
      what: `contract ${name}`,
      bytes: compressed(await readFile(new URL(`dist/contracts/${name}.js`, PACKAGE))),
      most: budgets.contract,
    });
  }
  return rows;
}

/** @param {string | Buffer} content */
function compressed(content) {
  return gzipSync(content, { level: 9 }).length;
}

/** About what a bundler leaves. @param {string} source */
function bare(source) {
  return source.replace(/\/\*\*?[\s\S]*?\*\//g, "").replace(/^\s*(\/\/.*)?$/gm, "").replace(/^\s+|\n/gm, "");
}
