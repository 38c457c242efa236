/** The mock in JavaScript: state, callers, the control API, and what is told of wrong documents. */

import assert from "node:assert/strict";
import { test } from "node:test";
import anaplanModels from "bulk-delete/contracts/anaplan-models";
import { ContractError, createMock, MockError } from "bulk-delete/mock";
import models from "bulk-delete/mock/contracts/anaplan-models";
import { documents } from "./corpus/files.js";

const WORKSPACE = "75A40874E6B64FA3AE0743278996850F";
const CLOSED = "2D0E3F8051B25C6D9E7F403B2C1D0E9F";
const OPEN = "BC24B51B39CF4701ACF7CBFD2ED93C36";
const URL_OF_DELETE = `https://api.anaplan.com/2/0/workspaces/${WORKSPACE}/bulkDeleteModels`;

/** @param {string[]} ids @param {string} [token] */
function deletion(ids, token = "ada-token") {
  return new Request(URL_OF_DELETE, {
    method: "POST",
    headers: { Authorization: `AnaplanAuthToken ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ modelIdsToDelete: ids }),
  });
}

test("it answers from state, and two of them share nothing", async () => {
  const [mock, other] = await Promise.all([createMock({ contracts: [models] }), createMock({ contracts: [models] })]);
  const answer = await mock.fetch(deletion([CLOSED, OPEN]));
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
  const body = await answer.json();
  assert.equal(body.modelsDeleted, 1);
  assert.deepEqual(
    body.bulkDeleteModelsFailures.map((/** @type {any} */ { modelId }) => modelId),
    [OPEN],
  );
  const again = await (await mock.fetch(deletion([CLOSED]))).json();
  assert.deepEqual(again.bulkDeleteModelsFailures, [{ modelId: CLOSED, message: "Model ID does not exist." }]);
  assert.deepEqual(
    mock.changes().deleted.map(({ id }) => id),
    [CLOSED],
  );
  assert.deepEqual(other.changes().deleted, []);
  mock.reset();
  assert.deepEqual(mock.changes().deleted, []);
  assert.equal((await (await mock.fetch(deletion([CLOSED]))).json()).modelsDeleted, 1);
});

test("the order of answers is that of the requests", async () => {
  const mock = await createMock({ contracts: [models] });
  const answers = await Promise.all([mock.fetch(deletion([CLOSED])), mock.fetch(deletion([CLOSED]))]);
  assert.deepEqual(await Promise.all(answers.map(async (answer) => (await answer.json()).modelsDeleted)), [1, 0]);
});

test("callers are told apart", async () => {
  const mock = await createMock({ contracts: [models] });
  assert.equal((await mock.fetch(deletion([CLOSED], "bob-token"))).status, 403);
  assert.equal((await mock.fetch(deletion([CLOSED], "nobody's"))).status, 401);
  const token = mock.token({ caller: "ada", contract: "anaplan-models", expiresIn: 60 });
  assert.equal((await mock.fetch(deletion([OPEN], token))).status, 200);
  mock.clock.advance(61);
  assert.equal((await mock.fetch(deletion([OPEN], token))).status, 401);
  assert.deepEqual(mock.changes().deleted, []);
});

test("what is no contract's falls through unread", async () => {
  const mock = await createMock({ contracts: [models] });
  const elsewhere = new Request("https://api.anaplan.com/2/0/users/me", { method: "POST", body: "x" });
  assert.equal(await mock.answer(elsewhere), undefined);
  assert.equal(elsewhere.bodyUsed, false);
  assert.equal((await mock.fetch(elsewhere)).status, 404);
  assert.equal((await mock.answer(new Request(URL_OF_DELETE)))?.status, 405);
  assert.deepEqual(await (await mock.answer(new Request("http://localhost/__mock/health")))?.json(), { status: "ok" });
});

test("the world can be read, replaced, added to and put back", async () => {
  const mock = await createMock({ contracts: [models] });
  const seed = mock.world.read();
  const ids = () => mock.world.read("anaplan-models").resources.map((/** @type {any} */ { id }) => id);
  assert.ok(ids().includes(CLOSED));
  const container = `workspace/${WORKSPACE}`;
  mock.world.patch({ resources: [{ kind: "model", id: "NEW", container, name: "New", state: "closed" }] });
  assert.ok(ids().includes("NEW"));
  mock.world.replace({ ...seed, resources: [] });
  assert.deepEqual(ids(), []);
  assert.throws(() => mock.world.replace({ resources: [{ kind: "model" }], more: 1 }), (error) => {
    assert.ok(error instanceof MockError);
    assert.equal(error.status, 400);
    assert.deepEqual(error.problems.map(({ pointer }) => pointer).sort(), ["/more", "/resources/0"]);
    return true;
  });
  assert.deepEqual(ids(), []);
  mock.world.reset();
  assert.deepEqual(mock.world.read(), seed);
});

test("the clock stands still, or runs as it is told", async () => {
  const at = "2026-11-21T22:03:00.000Z";
  const frozen = await createMock({ contracts: [models], clock: at });
  assert.equal(frozen.clock.now().toISOString(), at);
  assert.equal(frozen.clock.advance(2).toISOString(), "2026-11-21T22:03:02.000Z");
  frozen.reset();
  assert.equal(frozen.clock.now().toISOString(), at);
  let now = Date.parse(at);
  const running = await createMock({ contracts: [models], clock: () => now });
  now += 1000;
  assert.equal(running.clock.now().toISOString(), "2026-11-21T22:03:01.000Z");
  assert.equal(running.clock.set("2030-01-01T00:00:00Z").getTime(), Date.parse("2030-01-01"));
  const real = await createMock({ contracts: [models] });
  assert.ok(Math.abs(real.clock.now().getTime() - Date.now()) < 10_000);
  await assert.rejects(createMock({ contracts: [models], clock: "soon" }), { name: "TypeError", message: /^clock: / });
});

test("the same seed gives the same ids and tokens", async () => {
  const make = (/** @type {number} */ byte) => createMock({ contracts: [models], seed: new Uint8Array(32).fill(byte) });
  const wish = { caller: "ada", contract: "anaplan-models" };
  const [one, two, three] = await Promise.all([make(1), make(1), make(2)]);
  const token = one.token(wish);
  assert.equal(two.token(wish), token);
  assert.notEqual(three.token(wish), token);
});

test("wrong documents are told with their places, all of them", async () => {
  const { openapi, policy, world } = documents("anaplan-models");
  const broken = { ...JSON.parse(policy), resource: 7, surplus: true };
  const contracts = [
    { name: "mine", openapi, policy: broken },
    { name: "other", openapi, policy, world: { ...JSON.parse(world), more: 1 } },
  ];
  await assert.rejects(createMock({ contracts }), (error) => {
    assert.ok(error instanceof ContractError);
    assert.deepEqual(
      error.problems.map(({ document, pointer }) => `${document}#${pointer}`).sort(),
      ["mine/policy.json#/resource", "mine/policy.json#/surplus", "other/world.json#/more"],
    );
    return true;
  });
  await assert.rejects(createMock({ contracts: [models], world: "{" }), (error) => {
    assert.ok(error instanceof ContractError);
    assert.deepEqual(error.problems.map(({ document }) => document), ["world"]);
    return true;
  });
  // The contract of a page has no companions and no world.
  await assert.rejects(createMock({ contracts: [anaplanModels] }), { name: "TypeError", message: /bulk-delete\/mock\/contracts/ });
  await assert.rejects(createMock({ contracts: [models, { ...models }] }), { name: "TypeError", message: /another contract/ });
  await assert.rejects(createMock({ contracts: [] }), TypeError);
});

test("documents of a user's own are served, as text or as values", async () => {
  const { openapi, policy, world } = documents("anaplan-models");
  const mock = await createMock({ contracts: [{ openapi, policy: JSON.parse(policy), world }] });
  assert.deepEqual(mock.contracts().map(({ name }) => name), ["contract"]);
  assert.equal((await mock.fetch(deletion([CLOSED]))).status, 200);
});

test("a request that was given up is not answered, and has changed nothing", async () => {
  const mock = await createMock({ contracts: [models] });
  const signal = AbortSignal.abort();
  await assert.rejects(mock.fetch(deletion([CLOSED]), { signal }), { name: "AbortError" });
  assert.deepEqual(mock.changes().deleted, []);
});
