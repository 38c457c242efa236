/**
 * A forecast from all facts is what the mock answers, and from some of them the same or unknown: for every contract, over worlds,
 * callers and requests that are drawn by lot. The seed of a run is told; `SEED` repeats it.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createMock } from "bulk-delete/mock";
import { Checks } from "./corpus/checks.js";
import { documents, names } from "./corpus/files.js";
import { contracts, where } from "./support/contracts.js";
import { change, credential, lots } from "./support/lot.js";
import { readSource } from "./support/source.js";
import { World } from "./support/world.js";

const ROUNDS = Number(process.env.ROUNDS ?? 60);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

for (const name of names) {
  test(`${name}: what is foretold comes to pass`, async (t) => {
    t.diagnostic(`SEED=${SEED}`);
    const lot = lots(SEED);
    const { openapi, policy: policyText, world: seed } = documents(name);
    const policy = JSON.parse(policyText);
    const mock = await createMock({ contracts: [{ name, openapi, policy: policyText, world: seed }], clock: "frozen" });
    /** @type {Record<string, number>} */
    const checked = {};
    /** @type {Record<number, number>} */
    const statuses = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      const world = readSource(seed).value;
      if (lot(3) > 0) change(world, policy, lot);
      mock.reset();
      mock.world.replace(world);
      const state = new World(world, policy);
      const kept = { deleted: new Set() };
      for (let call = 0; call < 3; call += 1) {
        // The first may do most.
        const who = lot(2) === 0 ? 0 : lot(state.callers.length);
        const caller = lot(10) === 0 ? undefined : state.callers[who].id;
        const asked = request(name, world, policy, lot);
        const headers = { ...asked.headers, ...(caller === undefined ? {} : credential(mock, name, policy, caller)) };
        const answer = await mock.fetch(asked.url, { method: asked.method, headers, body: asked.body, redirect: "manual" });
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        /** @type {string[]} */
        const failed = [];
        const checks = new Checks({
          contract: contracts[name],
          openapi: JSON.parse(openapi),
          policy,
          world: state,
          kept,
          fault: false,
          count: (what) => (checked[what] = (checked[what] ?? 0) + 1),
          leave: (why) => failed.push(`left out: ${why}`),
          fail: (what) => failed.push(what),
        });
        const url = new URL(asked.url);
        checks.exchange({
          advance: 0,
          caller,
          scopes: undefined,
          request: {
            method: asked.method,
            path: url.pathname,
            ...(url.search === "" ? {} : { query: url.search.slice(1) }),
            headers: asked.headers,
            bytes: new TextEncoder().encode(asked.body ?? ""),
            hasBody: asked.body !== undefined,
          },
          response: { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() },
          expected: { status: answer.status, headers: {}, body: undefined },
          value: asked.body === undefined ? undefined : { value: readSource(asked.body).value },
          deleted: mock.changes(name).deleted.map(({ id }) => id),
          report: undefined,
        });
        const told = () => `SEED=${SEED} round ${round} call ${call}: ${caller} ${asked.url} ${asked.body}: ${answer.status}\n${failed.join("\n")}`;
        assert.ok(failed.length === 0, told());
      }
    }
    t.diagnostic(JSON.stringify({ ...statuses, ...checked }));
    assert.ok(checked["items foretold and read"] > ROUNDS && checked["forecasts from some facts"] > ROUNDS);
    assert.ok((statuses[200] ?? 0) + (statuses[202] ?? 0) > ROUNDS / 10, "too few calls succeed to show anything");
  });
}

/**
 * @param {string} name
 * @param {any} world
 * @param {any} policy
 * @param {(below: number) => number} lot
 * @returns {{ method: string, url: string, headers: Record<string, string>, body?: string }}
 */
function request(name, world, policy, lot) {
  const own = world.resources.filter((/** @type {any} */ { kind }) => kind === policy.resource).map((/** @type {any} */ { id }) => id);
  const strange = typeof own[0] === "string" ? "no-such-id" : 987_654_321;
  const ids = Array.from({ length: 1 + lot(lot(2) === 0 ? 1 : 4) }, () => (lot(8) === 0 ? strange : own[lot(own.length)]));
  const place = /** @type {Record<string, string>} */ ({ ...where[name] });
  if (lot(12) === 0) for (const key of Object.keys(place)) place[key] = "no-such-container";
  return contracts[name].call({ ...place, ids }).toRequest("http://localhost");
}
