/** The modules as files: they are the same whoever builds them. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const MODULES = ["bulk-delete.wasm", "bulk-delete-lean.wasm", "mock/bulk-delete-mock.wasm"];

test("a module tells nothing of where it was built", async () => {
  // The repository, and where Cargo and rustup keep sources, below whatever folders.
  const places = [fileURLToPath(new URL("../../../", import.meta.url)), "registry/src/", "rustlib/src/"];
  for (const name of MODULES) {
    const text = await readFile(new URL(`../dist/${name}`, import.meta.url), "latin1");
    assert.ok(text.includes(".rs"), `${name} names no source at all, so that there is nothing to look at`);
    for (const place of places) assert.ok(!text.includes(place), `${name} names ${place}`);
  }
});
