/** Packs the package as it would be published. */

import { access } from "node:fs/promises";
import { join } from "node:path";
import { command } from "./command.mjs";

/** @param {string} folder of the package @param {string} into @returns {Promise<string>} the tarball */
export async function pack(folder, into) {
  for (const file of ["package.json", "dist/bulk-delete.wasm", "dist/contracts/anaplan-models.js"]) {
    await access(join(folder, file)).catch(() => {
      throw new Error(`${join(folder, file)} is missing: \`cargo xtask wasm\` makes it`);
    });
  }
  const told = await command("npm", ["pack", "--json", "--pack-destination", into], { cwd: folder });
  const packed = JSON.parse(told);
  const { filename } = Array.isArray(packed) ? packed[0] : Object.values(packed)[0];
  return join(into, filename);
}
