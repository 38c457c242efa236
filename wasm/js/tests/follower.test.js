/** Operations followed by the contract's own list of them: what is asked, and what is made of the answers. */

import assert from "node:assert/strict";
import { test } from "node:test";
import ownPrograms from "bulk-delete/contracts/seismic-programs";
import { load as loadBuiltin } from "bulk-delete";
import { createMock } from "bulk-delete/mock";
import mocked from "bulk-delete/mock/contracts/seismic-programs";
import { load } from "../src/node.js";
import { documents } from "./corpus/files.js";
import { models, programs, where } from "./support/contracts.js";

const SPACE = "rkr83lapKkyCJuLLWqLqzB";
const LIST = `/programs/v2/spaces/${SPACE}/asyncOperations`;
const asked = programs.call({ ...where["seismic-programs"], ids: ["a", "b", "c"] });

/** What was accepted of a, b and c, as 1, 2 and 3. */
const accepted = () => programs.interpret(asked, { status: 200, body: { asyncOperationIds: ["1", "2", "3"] } });
/** @param {any} report */
const outcomes = (report) => report.items.map((/** @type {any} */ { id, outcome }) => `${id} ${outcome}`);

/**
 * Answers one after the other; the last again and again.
 *
 * @param {(number | Error | Record<string, string> | Response)[]} answers a status, a mistake, or how operations go
 */
function answering(...answers) {
  /** @type {string[]} */
  const urls = [];
  return {
    urls,
    /** @param {string} url */
    fetch: async (url) => {
      urls.push(url);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) throw answer;
      if (answer instanceof Response) return answer.clone();
      if (typeof answer === "number") return new Response("{}", { status: answer });
      const rows = Object.entries(answer ?? {}).map(([asyncOperationId, status]) => ({
        asyncOperationId,
        status,
        ...(status === "Failed" && { errors: [{ message: "A task is locked." }] }),
      }));
      return Response.json({ asyncOperations: rows });
    },
  };
}

test("what is no word for how an operation goes says nothing", async () => {
  for (const nothing of [{}, { failed: undefined }, null, 5, "failed", []]) {
    let looks = 0;
    const report = await programs.track(accepted(), { interval: 0, status: () => (looks++ < 3 ? nothing : "succeeded") });
    assert.deepEqual(outcomes(report), ["a deleted", "b deleted", "c deleted"], JSON.stringify(nothing));
  }
});

test("what a mock accepts is followed there to its end, by the contract of the package and by its documents", async () => {
  const builtin = await loadBuiltin(ownPrograms);
  for (const contract of [builtin, programs]) {
    const mock = await createMock({ contracts: [mocked], clock: "2026-11-22T12:00:00Z" });
    const fetch = (/** @type {string} */ url, /** @type {RequestInit} */ init) => mock.fetch(new Request(url, init));
    const headers = { Authorization: `Bearer ${mock.token({ caller: "ada", contract: "seismic-programs" })}` };
    const call = contract.call({ spaceId: SPACE, ids: ["spring-launch-2025", "price-list-2022"] });
    const sent = await contract.submit(call, { baseUrl: "http://mock", fetch, headers });
    assert.deepEqual(outcomes(sent), ["spring-launch-2025 accepted", "price-list-2022 accepted"]);
    let looks = 0;
    const report = await contract.track(sent, {
      baseUrl: new URL("http://mock/"),
      fetch,
      headers: async () => headers,
      interval: 0,
      onProgress: () => void ((looks += 1), mock.clock.advance(3)),
    });
    assert.deepEqual(outcomes(report), ["spring-launch-2025 deleted", "price-list-2022 failed"]);
    assert.equal(report.get("price-list-2022")?.reason, "A task of the program is locked.");
    assert.deepEqual([report.warnings, looks > 2], [[], true]);
  }
});

test("how far it is, is read where the contract says that it stands", async () => {
  const { urls, fetch } = answering(
    { 1: "Succeeded", 2: "Running", 3: "Not Started" },
    new Error("offline"),
    503,
    new Response("<html>", { status: 200 }),
    Response.json({ asyncOperations: "none" }),
    { 2: "Failed", 3: "Paused" },
    { 3: "Succeeded" },
  );
  const report = await programs.track(accepted(), { baseUrl: "http://server/api/", fetch, interval: 0 });
  assert.deepEqual(outcomes(report), ["a deleted", "b failed", "c deleted"]);
  assert.deepEqual(
    report.items.map((/** @type {any} */ { gone, retry, reason, evidence }) => [gone, retry, reason, evidence]),
    [
      [true, "never", undefined, "stated"],
      [false, "now", "A task is locked.", "stated"],
      [true, "never", undefined, "stated"],
    ],
  );
  const names = (/** @type {number[]} */ ...operations) => operations.map((operation) => `asyncOperationIds=${operation}`).join("&");
  const open = `http://server/api${LIST}?${names(2, 3)}`;
  assert.deepEqual(urls, [`http://server/api${LIST}?${names(1, 2, 3)}`, open, open, open, open, open, `http://server/api${LIST}?${names(3)}`]);
});

test("many operations are asked for in parts, each where it was begun", async () => {
  const ids = Array.from({ length: 60 }, (_, index) => `p${index}`);
  const here = programs.interpret(programs.call({ spaceId: SPACE, ids }), { status: 200, body: { asyncOperationIds: ids.map((id) => `o-${id}`) } });
  const raw = programs.parse({ path: "/programs/v2/spaces/a%2Fb/programs", query: "ids=x" });
  const there = programs.interpret(raw, { status: 200, body: { asyncOperationIds: ["o/x"] } });
  /** @type {URL[]} */
  const urls = [];
  const report = await programs.track(programs.merge(here, there), {
    baseUrl: "http://server",
    fetch: async (/** @type {string} */ url) => {
      urls.push(new URL(url));
      const operations = new URL(url).searchParams.getAll("asyncOperationIds");
      return Response.json({ asyncOperations: operations.map((asyncOperationId) => ({ asyncOperationId, status: "Succeeded" })) });
    },
  });
  assert.equal(report.summary.deleted, 61);
  assert.deepEqual(
    urls.map(({ pathname, searchParams }) => [pathname, searchParams.size]),
    [
      [LIST, 50],
      [LIST, 10],
      ["/programs/v2/spaces/a%2Fb/asyncOperations", 1],
    ],
  );
});

test("a server that refuses to tell is not asked again, and it is said", async () => {
  for (const status of [400, 401, 403, 404]) {
    const { urls, fetch } = answering({ 1: "Succeeded", 2: "Running", 3: "Running" }, status);
    const report = await programs.track(accepted(), { baseUrl: "http://server", fetch, interval: 0 });
    assert.deepEqual(outcomes(report), ["a deleted", "b accepted", "c accepted"]);
    assert.equal(urls.length, 2);
    assert.equal(report.warnings.length, 1);
    assert.match(report.warnings[0], new RegExp(`^operations are not followed to their end: GET http://server/.* was answered ${status}$`));
  }
});

test("an operation that nobody knows is given up, and one that is late is not", async () => {
  const { urls, fetch } = answering({}, { 1: "Succeeded", 3: "Running" }, { 3: "Running" }, { 3: "Succeeded" });
  const report = await programs.track(accepted(), { baseUrl: "http://server", fetch, interval: 0 });
  assert.deepEqual(outcomes(report), ["a deleted", "b accepted", "c deleted"]);
  assert.deepEqual(report.warnings, ["operation 2 is not followed to its end: nobody knows of it any more"]);
  assert.deepEqual(urls.map((url) => new URL(url).searchParams.size), [3, 3, 2, 1]);
});

test("only looks in a row make an operation given up", async () => {
  const call = programs.call({ spaceId: SPACE, ids: ["a"] });
  const report = programs.interpret(call, { status: 200, body: { asyncOperationIds: ["1"] } });
  const { fetch } = answering({}, {}, { 1: "Running" }, {}, {}, { 1: "Succeeded" });
  const followed = await programs.track(report, { baseUrl: "http://server", fetch, interval: 0 });
  assert.deepEqual([outcomes(followed), followed.warnings], [["a deleted"], []]);
});

test("a server is left alone as long as it asks for it", async () => {
  const busy = new Response("", { status: 429, headers: { "retry-after": "1" } });
  const { fetch } = answering(busy, { 1: "Succeeded", 2: "Succeeded", 3: "Succeeded" });
  const start = performance.now();
  const report = await programs.track(accepted(), { baseUrl: "http://server", fetch, interval: 0 });
  assert.equal(report.summary.deleted, 3);
  assert.ok(performance.now() - start > 990);
});

test("following ends when it is called off, whatever it waits for", async () => {
  const never = () => new Promise(() => {});
  for (const options of [{ fetch: never }, { fetch: answering({ 1: "Running" }).fetch, interval: 60_000 }, { fetch: never, headers: never }]) {
    const off = new AbortController();
    setTimeout(() => off.abort(), 20);
    const report = await programs.track(accepted(), { baseUrl: "http://server", signal: off.signal, ...options });
    assert.deepEqual(report.summary.accepted, 3);
  }
});

test("a report that was stored is followed with its call", async () => {
  const stored = JSON.parse(JSON.stringify(accepted()));
  const { urls, fetch } = answering({ 1: "Succeeded", 2: "Succeeded", 3: "Succeeded" });
  await assert.rejects(programs.track(stored, { baseUrl: "http://server", fetch }), { name: "TypeError", message: /^call: it is missing/ });
  const report = await programs.track(stored, { baseUrl: "http://server", fetch, call: asked });
  assert.deepEqual([report.summary.deleted, urls.length], [3, 1]);
  // Where nothing is under way nothing is asked, and nothing need be known.
  assert.deepEqual(outcomes(await programs.track(JSON.parse(JSON.stringify(report)))), ["a deleted", "b deleted", "c deleted"]);
});

test("what cannot be followed is said before anything is asked", async () => {
  const { urls, fetch } = answering({});
  const report = models.interpret(models.call({ ...where["anaplan-models"], ids: ["A"] }), { status: 200, body: {} });
  /** @type {[any, any, any, RegExp][]} */
  const rows = [
    [models, report, { fetch }, /^status: it must be a function, as this contract does not say/],
    [programs, accepted(), { fetch, status: "running" }, /^status: /],
    [programs, accepted(), { fetch, interval: -1 }, /^interval: /],
    [programs, accepted(), { fetch, baseUrl: 5 }, /^baseUrl: /],
    [programs, accepted(), { fetch: "fetch" }, /^fetch: /],
    [programs, accepted(), { fetch, call: report }, /^call: /],
    [programs, accepted(), { fetch, onProgress: 5 }, /^onProgress: /],
    [programs, accepted(), { fetch, signal: {} }, /^signal: /],
    [programs, {}, { fetch }, /^report: /],
  ];
  for (const [contract, given, options, message] of rows) {
    await assert.rejects(contract.track(given, options), { name: "TypeError", message });
  }
  assert.deepEqual(urls, []);
  const nowhere = await programs.track(accepted());
  assert.match(nowhere.warnings[0], /^operations are not followed to their end: GET \/programs.* is nothing that can be asked: /);
});

test("documents may have one operation read by itself, or all of them listed", async () => {
  const { openapi, policy } = documents("seismic-programs");
  /** @param {string} path @param {any[]} parameters @param {any} companion */
  const made = (path, parameters, companion) => {
    const paths = JSON.parse(openapi);
    paths.paths[path] = { get: { operationId: "follow", parameters, responses: {} } };
    const rules = JSON.parse(policy);
    rules.companions = { follow: { checks: [], ...companion } };
    return load({ openapi: paths, policy: rules });
  };
  const space = { name: "spaceId", in: "path", required: true, schema: { type: "string" } };
  const one = { name: "operation", in: "path", required: true, schema: { type: "string" } };
  const row = { id: "{operation.id}", done: "{operation.state}" };
  const list = { do: "list", of: "operations", answers: { done: { status: 200, body: { rows: { $each: "operations", item: row } } } } };
  const read = { do: "get", of: "operations", id: "/path/operation", answers: { done: { status: 200, body: row } } };
  /** @type {[any, string[]][]} */
  const rows = [
    [await made("/spaces/{spaceId}/operations", [space], list), ["/spaces/s/operations"]],
    [await made("/spaces/{spaceId}/operations/{operation}", [space, one], read), ["/spaces/s/operations/o%2F1", "/spaces/s/operations/o2"]],
  ];
  for (const [contract, expected] of rows) {
    const report = contract.interpret(contract.call({ spaceId: "s", ids: ["a", "b"] }), { status: 200, body: { asyncOperationIds: ["o/1", "o2"] } });
    /** @type {string[]} */
    const urls = [];
    const followed = await contract.track(report, {
      baseUrl: "http://server",
      fetch: async (/** @type {string} */ url) => {
        urls.push(new URL(url).pathname);
        const state = (/** @type {string} */ id) => ({ id, done: id === "o2" ? "failed" : "succeeded" });
        if (url.endsWith("operations")) return Response.json({ rows: ["o/1", "o2"].map(state) });
        return Response.json(state(decodeURIComponent(url.split("/").at(-1) ?? "")));
      },
    });
    assert.deepEqual([outcomes(followed), urls], [["a deleted", "b failed"], expected]);
    assert.equal(followed.get("b").reason, "The operation failed.");
  }
});
