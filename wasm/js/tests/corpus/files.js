/** The corpus from the disk: contracts, worlds and cases as text. */

import { readFileSync, readdirSync } from "node:fs";

const ROOT = new URL("../../../../", import.meta.url);

/** @param {string} path from the root of the project */
function read(path) {
  return readFileSync(new URL(path, ROOT), "utf8");
}

/** @param {string} folder */
function json(folder) {
  return readdirSync(new URL(folder, ROOT))
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** The names of the contracts. */
export const names = readdirSync(new URL("schemas", ROOT), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** @param {string} name */
export function documents(name) {
  const [openapi, policy, world] = ["openapi", "policy", "world"].map((document) => read(`schemas/${name}/${document}.json`));
  return { openapi, policy, world };
}

/** Everything, as both the test in Node and the page in the browser take it. */
export function corpus() {
  const contracts = Object.fromEntries(names.map((name) => [name, documents(name)]));
  const cases = names.flatMap((contract) =>
    [...json(`tests/cases/${contract}`), ...json(`schemas/${contract}/examples`)].map((file) => ({ file, contract, text: read(file) })),
  );
  return { contracts, cases };
}
