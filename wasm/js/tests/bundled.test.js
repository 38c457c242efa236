/** The package inside a script that a bundler made for Node, where the files that lie beside its own are not. */

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { build } from "esbuild";

/** What a script tells that was bundled and is run elsewhere. @param {string} from @param {"cjs" | "esm"} format @param {string} contents */
async function bundled(from, format, contents) {
  const folder = await mkdtemp(join(tmpdir(), "bulk-delete-bundled-"));
  try {
    const outfile = join(folder, format === "cjs" ? "main.cjs" : "main.mjs");
    const stdin = { contents: contents.replaceAll("PACKAGE", from), resolveDir: new URL(".", import.meta.url).pathname };
    await build({ stdin, outfile, format, bundle: true, platform: "node", logLevel: "error" });
    return execFileSync(process.execPath, [outfile], { encoding: "utf8" }).trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}

const SCRIPTS = {
  "": `
    import { load } from "PACKAGE";
    import documents from "bulk-delete/contracts/anaplan-models";
    load(documents).then(
      (contract) => console.log(contract.validate({ text: '{"modelIdsToDelete":["a"]}' }).length),
      ({ name, message }) => console.log(name, message),
    );`,
  "/mock": `
    import { createMock } from "PACKAGE";
    import contract from "bulk-delete/mock/contracts/anaplan-models";
    createMock({ contracts: [contract] }).then(
      (mock) => console.log(mock.changes().deleted.length),
      ({ name, message }) => console.log(name, message),
    );`,
};

for (const [entry, script] of Object.entries(SCRIPTS)) {
  for (const format of /** @type {const} */ (["cjs", "esm"])) {
    test(`bulk-delete${entry} in one script (${format}) says what has the module, which does not come along`, async () => {
      assert.match(await bundled(`bulk-delete${entry}`, format, script), /^EngineError .* could not be loaded: .*`inline` of the package/);
      assert.equal(await bundled(`bulk-delete${entry}/inline`, format, script), "0");
    });
  }
}
