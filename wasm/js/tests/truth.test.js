/**
 * What reports say is so: calls are sent through a `fetch` that goes wrong by lot, tried again, put together, followed and settled,
 * and after each step every report is held against the world of the mock. The seed of a run is told; `SEED` repeats it.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createMock } from "bulk-delete/mock";
import { load } from "../src/node.js";
import { documents, names } from "./corpus/files.js";
import { contracts, where } from "./support/contracts.js";
import { lots } from "./support/lot.js";
import { Sequence, seen } from "./support/sequence.js";
import { MISHAPS } from "./support/unreliable.js";

const ROUNDS = Number(process.env.ROUNDS ?? 50);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** Policies of one's own beside the five. @type {Record<string, { openapi: string, policy: string, world: string, where: object }>} */
const OWN = { "task-tracker": tracker((policy) => policy), "later-tracker": tracker(later), "terse-tracker": tracker(terse) };

/** The example's documents, with another policy. @param {(policy: any) => any} change */
function tracker(change) {
  const read = (/** @type {string} */ name) => readFileSync(new URL(`../../../examples/contracts/task-tracker/${name}.json`, import.meta.url), "utf8");
  const world = JSON.parse(read("world"));
  for (let id = 7004; id < 7012; id += 1) world.resources.push({ ...world.resources[id % 3], id, ...(id % 4 === 0 && { "on-delete": { fail: "It is locked." } }) });
  return { openapi: read("openapi"), policy: JSON.stringify(change(JSON.parse(read("policy")))), world: JSON.stringify(world), where: { projectId: "apollo" } };
}

/** It is deleted later, and the answer names the operation of each. @param {any} policy */
function later({ words: _, ...policy }) {
  policy.outcomes.deleted.is = "accepted";
  policy.effects = { when: "later", "starts-after-seconds": 1, "takes-seconds": 5 };
  policy.answers.done.body = {
    accepted: { $each: "accepted", item: { id: "{item.id}", operation: "{item.operation-id}" } },
    kept: { $each: "not-deleted", item: { id: "{item.id}", reason: "{item.reason}" } },
  };
  return policy;
}

/** What was deleted is counted, and only what was not is named. @param {any} policy */
function terse({ words: _, ...policy }) {
  policy.answers.done.body = {
    deleted: "{deleted.count}",
    kept: { $each: "not-deleted", absent: "empty", item: { id: "{item.id}", why: "{item.reason}" } },
  };
  return policy;
}

for (const name of [...names, ...Object.keys(OWN)]) {
  test(`${name}: what reports say is so`, async (t) => {
    t.diagnostic(`SEED=${SEED}`);
    const { openapi, policy, world, ...own } = OWN[name] ?? documents(name);
    const contract = contracts[name] ?? (await load({ name, openapi, policy }));
    const mock = await createMock({ contracts: [{ name, openapi, policy, world }], clock: "frozen" });
    const place = "where" in own ? own.where : where[name];
    for (let round = 0; round < ROUNDS; round += 1) {
      const sequence = new Sequence({ name, contract, policy: JSON.parse(policy), world, mock, place, lot: lots(Math.imul(SEED * 1000 + round, 0x9e3779b1)), round });
      try {
        await sequence.run();
      } catch (cause) {
        throw new Error(`SEED=${SEED} round ${round}:\n${sequence.story.join("\n")}\n${/** @type {Error} */ (cause).message}`, { cause });
      }
    }
  });
}

test("everything happened", (t) => {
  t.diagnostic(JSON.stringify(seen));
  const outcomes = ["deleted", "accepted", "not-found", "failed", "not-sent", "unknown"];
  for (const what of [...outcomes, ...Object.keys(MISHAPS), "tried again", "settled", "followed", "stored"]) assert.ok(seen[what] > 0, `${what}: it never happened`);
});
