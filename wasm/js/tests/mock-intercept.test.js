/** Requests answered by a mock where they were meant for others: by Node's `fetch`. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { createMock } from "bulk-delete/mock";
import models from "bulk-delete/mock/contracts/anaplan-models";

const PATH = "/2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels";
const CLOSED = "2D0E3F8051B25C6D9E7F403B2C1D0E9F";
const platform = globalThis.fetch;
/** What arrived at a real server. @type {string[]} */
let arrived = [];
/** @type {import("node:http").Server} */
let server;
let origin = "";

before(async () => {
  server = createServer((request, response) => {
    arrived.push(`${request.method} ${request.url}`);
    request.pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  origin = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

/** @param {string} at */
function remove(at) {
  return fetch(at + PATH, {
    method: "POST",
    headers: { Authorization: "AnaplanAuthToken ada-token", "Content-Type": "application/json" },
    body: JSON.stringify({ modelIdsToDelete: [CLOSED] }),
  });
}

test("what finds a contract is answered, the rest goes where it was meant to, until it is stopped", async () => {
  arrived = [];
  const mock = await createMock({ contracts: [models] });
  const interception = await mock.intercept();
  assert.equal((await (await remove("https://api.anaplan.com")).json()).modelsDeleted, 1);
  assert.equal((await (await remove(origin)).json()).modelsDeleted, 0);
  assert.equal(await (await fetch(`${origin}/other`, { method: "POST", body: "echo" })).text(), "echo");
  assert.deepEqual(arrived, ["POST /other"]);
  assert.match(interception.unseen.join(), /node:http/);
  await interception.stop();
  assert.equal(globalThis.fetch, platform);
  await remove(origin);
  assert.deepEqual(arrived, ["POST /other", `POST ${PATH}`]);
});

test("origins narrow what is answered, and what passes by is told", async (t) => {
  arrived = [];
  const mock = await createMock({ contracts: [models] });
  const origins = ["https://api.anaplan.com/any/path"];
  /** @type {string[]} */
  const told = [];
  const one = await mock.intercept({ origins, onUnhandled: ({ why, url }) => void told.push(`${why} ${url}`) });
  await remove(origin);
  await fetch(`${origin}/other`);
  await one.stop();
  assert.deepEqual(told, [`other-origin ${origin}${PATH}`]);
  const two = await mock.intercept({ origins, onUnhandled: "error" });
  await assert.rejects(remove(origin), /127\.0\.0\.1.*not among the origins/);
  await assert.rejects(fetch("https://api.anaplan.com/elsewhere"), /no contract has this path/);
  await two.stop();
  const warn = t.mock.method(console, "warn", () => {});
  const three = await mock.intercept({ origins });
  await remove(origin);
  await three.stop();
  assert.match(String(warn.mock.calls[0].arguments[0]), /goes to the network/);
  assert.deepEqual(arrived, [`POST ${PATH}`, "GET /other", `POST ${PATH}`]);
  await assert.rejects(mock.intercept({ origins: ["api.anaplan.com"] }), { name: "TypeError", message: /^origins\[0\]/ });
  await assert.rejects(mock.intercept({ onUnhandled: /** @type {any} */ ("shout") }), { name: "TypeError", message: /^onUnhandled/ });
  assert.equal(globalThis.fetch, platform);
});

test("two of them can be stopped in any order", async () => {
  const [outer, inner] = await Promise.all([createMock({ contracts: [models] }), createMock({ contracts: [models] })]);
  const first = await outer.intercept();
  const second = await inner.intercept();
  await remove(origin);
  assert.deepEqual([outer.changes().deleted.length, inner.changes().deleted.length], [0, 1]);
  await first.stop();
  await remove(origin);
  await second.stop();
  arrived = [];
  await remove(origin);
  assert.equal(outer.changes().deleted.length, 0);
  assert.equal(arrived.length, 1);
  globalThis.fetch = platform;
});

test("when all of them are stopped, in whatever order, the platform's fetch is back", async () => {
  const mock = await createMock({ contracts: [models] });
  const [first, second, third] = [await mock.intercept(), await mock.intercept(), await mock.intercept()];
  for (const each of [second, first, third]) {
    assert.notEqual(globalThis.fetch, platform);
    await each.stop();
  }
  assert.equal(globalThis.fetch, platform);
});
