/** The mock in JavaScript: state, callers, the control API, and what is told of wrong documents. */

import assert from "node:assert/strict";
import { test } from "node:test";
import anaplanModels from "bulk-delete/contracts/anaplan-models";
import { ContractError, createMock, MockError } from "bulk-delete/mock";
import experiences from "bulk-delete/mock/contracts/aisquare-experiences";
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

test("headers count by their names, whatever their case", async () => {
  const mock = await createMock({ contracts: [models] });
  const request = deletion([CLOSED]);
  const sent = request.headers;
  const shouted = [...sent].map(([name, value]) => [name.toUpperCase(), value]);
  // As happy-dom keeps them.
  const headers = { has: (/** @type {string} */ name) => sent.has(name), [Symbol.iterator]: () => shouted.values() };
  Object.defineProperty(request, "headers", { value: headers });
  assert.equal((await (await mock.fetch(request)).json()).modelsDeleted, 1);
});

test("a body that is encoded is of a media type that is not taken", async () => {
  const mock = await createMock({ contracts: [models] });
  const plain = deletion([CLOSED]);
  const headers = new Headers(plain.headers);
  headers.set("Content-Encoding", "gzip");
  const answer = await mock.fetch(new Request(plain, { headers }));
  assert.deepEqual([answer.status, (await answer.json()).status.message], [415, "Unsupported Media Type"]);
  headers.set("Content-Encoding", "identity");
  assert.equal((await mock.fetch(new Request(deletion([CLOSED]), { headers }))).status, 200);
});

test("the order of answers is that of the requests", async () => {
  const mock = await createMock({ contracts: [models] });
  const answers = await Promise.all([mock.fetch(deletion([CLOSED])), mock.fetch(deletion([CLOSED]))]);
  assert.deepEqual(await Promise.all(answers.map(async (answer) => (await answer.json()).modelsDeleted)), [1, 0]);
});

test("a contract as a page loads it will do: the mock has all of it, and its world", async () => {
  const mock = await createMock({ contracts: [anaplanModels] });
  assert.equal((await (await mock.fetch(deletion([CLOSED]))).json()).modelsDeleted, 1);
  const list = await mock.fetch("https://api.anaplan.com/2/0/models", { headers: { Authorization: "AnaplanAuthToken ada-token" } });
  assert.ok((await list.json()).models.length > 0);
  const world = { callers: [{ id: "ada", tokens: ["ada-token"] }] };
  const other = await createMock({ contracts: [anaplanModels], world });
  assert.equal((await other.fetch(deletion([CLOSED]))).status, 404);
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
  await assert.rejects(createMock({ contracts: [models, anaplanModels] }), { name: "TypeError", message: /another contract/ });
  await assert.rejects(createMock({ contracts: [models, { ...models }] }), { name: "TypeError", message: /another contract/ });
  await assert.rejects(createMock({ contracts: [] }), TypeError);
});

test("documents of a user's own are served, as text or as values", async () => {
  const { openapi, policy, world } = documents("anaplan-models");
  const mock = await createMock({ contracts: [{ openapi, policy: JSON.parse(policy), world }] });
  assert.deepEqual(mock.contracts().map(({ name }) => name), ["contract"]);
  assert.equal((await mock.fetch(deletion([CLOSED]))).status, 200);
});

test("the documents of a contract are given as they were handed over", async () => {
  const { openapi, policy } = documents("anaplan-models");
  const numbered = openapi.replace('"title"', '"x-exact": 12345678901234567890.10e+7, "title"');
  assert.notEqual(numbered, openapi);
  const mock = await createMock({ contracts: [{ name: "my own", openapi: numbered, policy }] });
  assert.deepEqual(mock.contracts().map(({ name, origin }) => [name, origin]), [["my own", "given"]]);
  const answer = await mock.fetch("http://localhost/__mock/contracts/my%20own");
  assert.equal(answer.status, 200);
  assert.equal(await answer.text(), `{"name":"my own","openapi":${numbered},"policy":${policy}}`);
  const { status, body } = mock.control("GET", "contracts/other");
  assert.equal(status, 404);
  assert.match(body.error.message, /no contract `other`: take one of my own$/);
  assert.ok(mock.control("GET", "").body.calls.some((/** @type {any} */ { path }) => path === "/__mock/contracts/{id}"));
});

test("a request that was given up is not answered, and has changed nothing", async () => {
  const mock = await createMock({ contracts: [models] });
  const signal = AbortSignal.abort();
  await assert.rejects(mock.fetch(deletion([CLOSED]), { signal }), { name: "AbortError" });
  assert.deepEqual(mock.changes().deleted, []);
});

test("a redirection is followed as a browser would", async () => {
  const mock = await createMock({ contracts: [experiences] });
  const url = "http://localhost/api/v1/experiences/bulk-delete";
  const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"ids":[1]}' };
  // What was posted is asked for, then: the lost slash is found out.
  const followed = await mock.fetch(url, post);
  assert.deepEqual([followed.status, (await followed.json()).detail], [405, 'Method "GET" not allowed.']);
  assert.deepEqual([followed.url, followed.redirected], [`${url}/`, true]);
  const raw = await mock.fetch(url, { ...post, redirect: "manual" });
  assert.deepEqual([raw.status, raw.headers.get("location")], [301, "/api/v1/experiences/bulk-delete/"]);
  await assert.rejects(mock.fetch(url, { ...post, redirect: "error" }), { name: "TypeError", message: /is not followed/ });
});

test("faults reach the client as they would over a wire", async () => {
  const mock = await createMock({ contracts: [models] });
  const ask = () => mock.fetch(deletion([OPEN]));
  const once = (/** @type {object} */ fault) => mock.faults.add({ times: 1, ...fault });
  once({ latency: 60 });
  const began = performance.now();
  assert.equal((await ask()).status, 200);
  assert.ok(performance.now() - began >= 55);
  once({ latency: 600_000 });
  await assert.rejects(mock.fetch(deletion([OPEN]), { signal: AbortSignal.timeout(20) }), { name: "TimeoutError" });
  once({ latency: 600_000 });
  await assert.rejects(mock.fetch(URL_OF_DELETE, { method: "POST", body: "{}", signal: AbortSignal.timeout(20) }), { name: "TimeoutError" });
  once({ latency: 60 });
  const asked = performance.now();
  assert.equal((await mock.answer(deletion([OPEN])))?.status, 200);
  assert.ok(performance.now() - asked >= 55);
  once({ connection: "dropped-after" });
  await assert.rejects(mock.fetch(deletion([CLOSED])), { name: "TypeError", message: /without an answer/ });
  assert.deepEqual(
    mock.changes().deleted.map(({ id }) => id),
    [CLOSED],
  );
  once({ connection: "dropped-before" });
  assert.equal((await mock.answer(deletion([OPEN])))?.type, "error");
  once({ body: "truncated" });
  const cut = await ask();
  assert.equal(cut.status, 200);
  await assert.rejects(cut.text(), { name: "TypeError", message: /in the middle/ });
  once({ body: { slow: 40 } });
  const slow = await ask();
  const reader = slow.body?.getReader();
  let pieces = 0;
  while (!(await reader?.read())?.done) pieces += 1;
  assert.ok(pieces > 1, `${pieces} pieces`);
  once({ body: { slow: 600_000 } });
  const { signal } = new AbortController();
  await (await mock.fetch(deletion([OPEN]), { signal })).body?.cancel();
  const giving = new AbortController();
  once({ body: { slow: 600_000 } });
  const late = await mock.fetch(deletion([OPEN]), { signal: giving.signal });
  giving.abort();
  await assert.rejects(late.text(), { name: "AbortError" });
  once({ status: 429 });
  assert.equal((await ask()).status, 429);
  once({ status: 500 });
  mock.faults.clear();
  assert.equal((await ask()).status, 200);
  assert.throws(() => mock.faults.add({ lateness: 1 }), { name: "MockError", message: /lateness/ });
});

test("ids that JavaScript would round are told as they are", async () => {
  const mock = await createMock({ contracts: [experiences] });
  const ids = () => mock.world.read().resources.map((/** @type {any} */ { id }) => id);
  assert.ok(ids().includes(9007199254740993n));
  mock.world.patch({ resources: [{ kind: "experience", id: 18014398509481985n, name: '"###" 9007199254740993' }] });
  mock.world.replace(mock.world.read());
  const { name } = mock.world.read().resources.find((/** @type {any} */ { id }) => id === 18014398509481985n);
  assert.equal(name, '"###" 9007199254740993');
  assert.ok(ids().includes(9007199254740993n));
});

test("a request comes to the same told plainly and as a Request", async () => {
  const mock = await createMock({ contracts: [models], clock: "frozen" });
  const headers = { Authorization: "AnaplanAuthToken ada-token", "Content-Type": "application/json" };
  const body = JSON.stringify({ modelIdsToDelete: [OPEN, "é", "x"] });
  /** @type {[string, RequestInit][]} */
  const asked = [
    [URL_OF_DELETE, { method: "POST", headers, body }],
    [`${URL_OF_DELETE}?`, { method: "POST", headers: new Headers(headers), body }],
    [`${URL_OF_DELETE}?a=b#c`, { method: "post", headers: Object.entries(headers), body }],
    [URL_OF_DELETE, { method: "POST", headers: { Authorization: headers.Authorization }, body }],
    [URL_OF_DELETE, { method: "POST", headers, body: '{"modelIdsToDelete":["\ud800"]}' }],
    [URL_OF_DELETE, { method: "POST", headers }],
    [URL_OF_DELETE, { method: "HEAD", headers }],
    [URL_OF_DELETE, {}],
    ["http://localhost/__mock/health", { headers: { origin: "http://localhost:1" } }],
  ];
  for (const [url, init] of asked) {
    const [one, other] = [await mock.fetch(url, init), await mock.fetch(new Request(url, init))];
    assert.deepEqual([one.status, [...one.headers], await one.text()], [other.status, [...other.headers], await other.text()], JSON.stringify(init));
  }
  await assert.rejects(mock.fetch(URL_OF_DELETE, { body }), TypeError);
  await assert.rejects(mock.fetch("http://ada:secret@localhost/"), TypeError);
  await assert.rejects(mock.fetch(URL_OF_DELETE, { method: "POST", headers, body, signal: AbortSignal.abort() }), { name: "AbortError" });
});

test("the journal tells what was asked, and holds it against what a test expects", async () => {
  const mock = await createMock({ contracts: [models] });
  await mock.fetch(deletion([CLOSED]));
  await mock.fetch(deletion([OPEN], "bob-token"));
  assert.deepEqual(mock.journal.entries().map(({ response }) => /** @type {any} */ (response).status), [200, 403]);
  assert.equal(mock.journal.entries({ status: 403 }).length, 1);
  assert.doesNotMatch(JSON.stringify(mock.journal.entries()), /ada-token/);
  assert.equal(mock.journal.verify({ caller: "ada", deleted: [CLOSED], count: 1 }).matched, 1);
  assert.throws(() => mock.journal.verify({ caller: "bob", deleted: [OPEN] }), { name: "MockError", status: 422 });
  mock.journal.clear();
  assert.deepEqual(mock.journal.entries(), []);
});

test("it begins at a named starting point, by choice, by call and by header", async () => {
  const mock = await createMock({ contracts: [models, experiences], scenario: "all-models-closed" });
  const gone = async (/** @type {Record<string, string>} */ headers = {}) => {
    const request = deletion([OPEN]);
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
    return (await (await mock.fetch(request)).json()).modelsDeleted;
  };
  assert.deepEqual([await gone(), await gone()], [1, 0]);
  mock.reset();
  assert.equal(await gone(), 1, "a reset goes back to it");
  assert.deepEqual(mock.scenarios.list().map(({ name }) => name), ["all-models-closed", "nothing-to-delete", "server-busy"]);
  mock.scenarios.begin("nothing-to-delete");
  assert.equal(await gone(), 0);
  assert.equal(await gone({ "X-Mock-Scenario": "all-models-closed", "X-Mock-Session": "own" }), 1);
  assert.throws(() => mock.scenarios.begin("none"), { name: "MockError", status: 404 });
  await assert.rejects(createMock({ contracts: [models], scenario: "none" }), { name: "TypeError", message: /all-models-closed, nothing-to-delete, server-busy/ });
  await assert.rejects(createMock({ contracts: [models], scenario: "server-busy", world: {} }), { name: "TypeError", message: /^scenario: / });
  const own = { name: "mine", ...documents("anaplan-models"), scenarios: { quiet: { description: "nobody", without: [{ kind: "model" }] } } };
  assert.deepEqual((await createMock({ contracts: [own], scenario: "quiet" })).world.read().resources ?? [], []);
  const wrong = { ...own, scenarios: { quiet: { description: "nobody", surplus: 1 } } };
  await assert.rejects(createMock({ contracts: [wrong] }), (/** @type {any} */ error) => {
    assert.ok(error instanceof ContractError);
    assert.match(error.problems[0].document, /scenarios\/quiet\.json$/);
    return true;
  });
});

test("what may be chosen for sessions and the journal", async () => {
  const mock = await createMock({ contracts: [models], requireSession: true, sessionIdle: 0, maxSessions: 1, journal: 1, journalBody: 10 });
  const named = (/** @type {string} */ name) => {
    const request = deletion([CLOSED]);
    request.headers.set("X-Mock-Session", name);
    return mock.fetch(request);
  };
  assert.equal((await mock.fetch(deletion([CLOSED]))).status, 400);
  assert.equal((await (await named("one")).json()).modelsDeleted, 1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  // It was left alone for longer than it may be, and begins anew.
  assert.equal((await (await named("one")).json()).modelsDeleted, 1);
  const none = await createMock({ contracts: [models], journal: 0 });
  await none.fetch(deletion([CLOSED]));
  assert.deepEqual(none.journal.entries(), []);
  for (const wrong of [{ sessionIdle: -1 }, { journal: 1.5 }, { requireSession: 1 }, { maxSessions: "7" }]) {
    const [name] = Object.keys(wrong);
    await assert.rejects(createMock({ contracts: [models], .../** @type {any} */ (wrong) }), { name: "TypeError", message: new RegExp(`^${name}: it must be`) });
  }
});

test("what is no request, and a clock that tells no time, leave the mock as it is", async () => {
  /** @type {any} */
  let time = 0;
  const mock = await createMock({ contracts: [models], clock: () => (time instanceof Error ? assert.fail(time) : time) });
  for (const request of [undefined, "http://localhost/2/0", {}, { method: "GET", url: "/2/0" }, { url: "http://localhost/" }]) {
    assert.throws(() => mock.serves(/** @type {any} */ (request)), /^TypeError: request: /);
    await assert.rejects(mock.answer(/** @type {any} */ (request)), /^TypeError: request: /);
  }
  assert.throws(() => mock.token(/** @type {any} */ (undefined)), /^TypeError: token: /);
  assert.throws(() => mock.clock.set("soon"), /^TypeError: now: /);
  time = NaN;
  await assert.rejects(mock.fetch(URL_OF_DELETE), /^TypeError: clock: /);
  time = new Error("no time");
  await assert.rejects(mock.fetch(URL_OF_DELETE), /no time/);
  time = 0;
  assert.equal((await mock.fetch("http://localhost/__mock/health")).status, 200);
  await assert.rejects(createMock({ contracts: [models], clock: new Date(8.64e15) }), /^TypeError: clock: /);
  const [fault] = mock.faults.add({ status: 503 });
  assert.deepEqual([fault.number, fault.struck], [1, 0]);
});
