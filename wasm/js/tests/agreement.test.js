/** A body is the same body as a value, as text and as bytes, and as what a form validates. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { write } from "../src/json.js";
import { contracts } from "./support/contracts.js";
import { nearValid } from "./support/near-valid.js";

const RUNS = Number(process.env.RUNS ?? 1000);

for (const [name, contract] of Object.entries(contracts)) {
  test(`${name}: violations do not depend on the form of a body`, (t) => {
    let [valid, invalid] = [0, 0];
    fc.assert(
      fc.property(nearValid(contract), (body) => {
        const { text, unwritable } = write(body, "/body");
        const ofText = contract.parse({ text });
        const ofBytes = contract.parse({ bytes: new TextEncoder().encode(text) });
        assert.deepEqual(ofBytes.violations, ofText.violations);
        assert.deepEqual(ofBytes.ids, ofText.ids);
        if (unwritable.length > 0) return;
        const ofValue = contract.parse({ body });
        assert.deepEqual(ofValue.violations, ofText.violations);
        assert.deepEqual(ofValue.ids, ofText.ids);
        assert.equal(new Set(ofValue.ids).size, ofValue.ids.length);
        if (ofValue.violations.length === 0) valid += 1;
        else invalid += 1;
        const { issues = [] } = contract.body["~standard"].validate(body);
        const inBody = ofText.violations.filter((/** @type {any} */ { pointer }) => pointer.startsWith("/body"));
        assert.deepEqual(
          issues,
          inBody.map((/** @type {any} */ { message, path }) => ({ message, path: path.slice(1) })),
        );
        assert.deepEqual(ofText.toRequest().body, text.length === 0 ? undefined : text);
      }),
      { numRuns: RUNS },
    );
    t.diagnostic(`${valid} valid, ${invalid} not`);
  });

  test(`${name}: any text and any bytes are read or refused`, () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.constantFrom("{", '{"ids":', "[1,", '"\ud800"')), (text) => {
        assert.ok(Array.isArray(contract.parse({ text }).violations));
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void contract.parse({ bytes }).ids));
  });
}

test("text that is longer in UTF-8 than it looks arrives whole", () => {
  const { "anaplan-models": models } = contracts;
  // Sizes around those at which buffers are kept, made anew or given back.
  for (const count of [1, 1_000, 10_000, 11_000, 13_000, 25_000, 40_000]) {
    const ids = ["é€😀", ...Array.from({ length: count }, (_, index) => `an id that takes some room ${index}`)];
    for (const call of [models.call({ workspaceId: "x", ids }), models.parse({ body: { modelIdsToDelete: ids } })]) {
      assert.deepEqual(call.violations, []);
      assert.deepEqual(call.ids, ids);
    }
  }
  assert.deepEqual(models.call({ workspaceId: "x", ids: ["a"] }).violations, []);
});
