/** Requests and answers as the mock's `fetch` takes and gives them, beside what Node's own does with the same over a wire. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { parts, placed, plain, redirected, response } from "../src/mock/request.js";

/** Tells what was asked; `/to/STATUS?PLACE` leads to that place. */
const server = createServer(async (request, answer) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method, url = "", headers } = request;
  const led = /^\/to\/(\d{3})\?(.*)$/.exec(url);
  if (led !== null) return answer.writeHead(Number(led[1]), { Location: decodeURIComponent(led[2] ?? "") }).end();
  const kept = Object.entries(headers).filter(([name]) => ["host", "content-type", "authorization", "x-own", "origin"].includes(name));
  const told = JSON.stringify({ method, url, headers: Object.fromEntries(kept), body: Buffer.concat(chunks).toString("base64") });
  answer.writeHead(200, { Told: Buffer.from(told).toString("base64") }).end();
});
await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const here = `http://127.0.0.1:${port}`;
const elsewhere = `http://localhost:${port}`;
after(() => server.close());

/** What arrives by Node's fetch. @param {string} url @param {RequestInit} init */
async function arrived(url, init) {
  const answer = await fetch(url, init);
  return JSON.parse(Buffer.from(answer.headers.get("told") ?? "", "base64").toString());
}

/** The same of a request that the mock is given. @param {import("../src/mock/host.js").Parts} asked */
function told({ method, path, query, headers, body }) {
  const kept = [...headers].filter(([name]) => ["host", "content-type", "authorization", "x-own", "origin"].includes(name));
  const bytes = body === null ? "" : Buffer.from(/** @type {any} */ (body)).toString("base64");
  return { method, url: query === null ? path : `${path}?${query}`, headers: Object.fromEntries(kept), body: bytes };
}

const text = { method: "POST", body: '{"ids":["é"]}' };

/** By what is plain of it: told without a `Request`. @type {[string, RequestInit, "plain" | "detour"][]} */
const REQUESTS = [
  ["/", {}, "plain"],
  ["/a/b", { method: "DELETE" }, "plain"],
  ["/a#part?", {}, "plain"],
  ["/a?b=c&d#part", {}, "plain"],
  ["/é?ü=ö", {}, "plain"],
  ["/", { method: "HEAD" }, "plain"],
  ["/", { method: "OPTIONS", headers: { Origin: "http://example.com" } }, "plain"],
  ["/", { method: "put", body: "x" }, "detour"],
  ["/", text, "plain"],
  ["/", { ...text, headers: { "CONTENT-TYPE": "application/json", "X-Own": "1" } }, "plain"],
  ["/", { ...text, headers: [["x-own", "1"], ["X-Own", "2"]] }, "plain"],
  ["/", { ...text, headers: new Headers({ Authorization: "Basic abc" }) }, "plain"],
  ["/", { ...text, body: "" }, "plain"],
  ["/", { ...text, body: "\ud800" }, "detour"],
  ["/", { ...text, body: new Uint8Array([0, 255]) }, "detour"],
  ["/", { ...text, body: new URLSearchParams({ a: "b c" }) }, "detour"],
  ["/", { ...text, body: null }, "detour"],
  ["/", { ...text, keepalive: true }, "detour"],
];

for (const [path, init, way] of REQUESTS) {
  const { body, ...rest } = init;
  test(`${path} ${JSON.stringify(rest)} ${String(body)} arrives as over a wire`, async () => {
    const url = new URL(path, here);
    const expected = await arrived(url.href, init);
    assert.deepEqual(told(await parts(new Request(url, init), url)), expected);
    const short = plain(placed(url), init);
    assert.equal(short === undefined ? "detour" : "plain", way);
    if (short !== undefined) assert.deepEqual(told(short), expected);
  });
}

test("an empty query is sent, as browsers do", async () => {
  // Node's fetch leaves it out, which the standard does not.
  for (const [path, query] of [["/a?", ""], ["/a?#part", ""], ["/a", null], ["/a#part?", null]]) {
    const url = new URL(String(path), here);
    assert.equal((await parts(new Request(url), url)).query, query, String(path));
    assert.equal(plain(placed(url), {})?.query, query, String(path));
  }
});

test("what no fetch sends is left to `Request`, which refuses it", () => {
  /** @type {[string, RequestInit][]} */
  const refused = [
    ["http://ada:secret@localhost/", {}],
    ["http://ada@localhost/", {}],
    ["http://:secret@localhost/", {}],
    [here, { body: "x" }],
    [here, { method: "GET", body: "x" }],
    [here, { method: "HEAD", body: "x" }],
    [here, { method: "TRACE" }],
  ];
  for (const [url, init] of refused) {
    assert.equal(plain(placed(new URL(url)), init), undefined, url);
    assert.throws(() => new Request(url, init), TypeError, url);
  }
});

test("a `Host` that was given stands, and is not added to", async () => {
  // Node's `Headers` may hold one, as a browser's may not.
  const url = new URL(here);
  const { headers } = await parts(new Request(url, { headers: { Host: "api.example.com" } }), url);
  assert.deepEqual([...headers].filter(([name]) => name === "host"), [["host", "api.example.com"]]);
});

for (const status of [301, 302, 303, 307, 308]) {
  for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE"]) {
    for (const [where, place] of [["the same origin", "/there?a=b#c"], ["another", `${elsewhere}/there`]]) {
      test(`${status} to ${where} is followed by ${method} as over a wire`, async () => {
        const headers = { Authorization: "Basic abc", "X-Own": "1", "Content-Type": "application/json" };
        const init = { method, headers, ...(method !== "GET" && method !== "HEAD" && { body: "{}" }) };
        const url = new URL(`/to/${status}?${encodeURIComponent(String(place))}`, here);
        const asked = await parts(new Request(url, init), url);
        const answer = { status, headers: /** @type {[string, string][]} */ ([["Location", String(place)]]), body: new Uint8Array(0) };
        const next = redirected(/** @type {any} */ (answer), asked, url);
        assert.equal(next?.url.href, new URL(String(place), url).href);
        assert.deepEqual(told(/** @type {any} */ (next).asked), await arrived(url.href, init));
      });
    }
  }
}

test("what leads nowhere is an answer", () => {
  const asked = { method: "GET", path: "/", query: null, headers: [], body: null };
  for (const [status, headers] of /** @type {[number, [string, string][]][]} */ ([[301, []], [200, [["location", "/"]]], [304, [["location", "/"]]], [201, [["location", "/"]]]])) {
    assert.equal(redirected(/** @type {any} */ ({ status, headers, body: new Uint8Array(0) }), asked, new URL(here)), undefined, String(status));
  }
});

test("an answer has a body where it may have one, and tells how long it is where it has none, or comes in pieces", async () => {
  const body = new TextEncoder().encode("hello");
  const none = new Uint8Array(0);
  const slow = { sending: "slow", parts: 2, delay: 0, pause: 1 };
  /** @type {[any, string, string | null, string | null][]} */
  const answers = [
    [{ status: 200, headers: [], body }, "GET", "hello", null],
    [{ status: 200, headers: [], body }, "HEAD", null, "5"],
    [{ status: 204, headers: [], body: none }, "DELETE", null, null],
    [{ status: 205, headers: [], body: none }, "DELETE", null, null],
    [{ status: 304, headers: [], body: none }, "GET", null, null],
    [{ status: 200, headers: [], body, delivery: slow }, "GET", "hello", "5"],
    [{ status: 200, headers: [["content-length", "9"]], body, delivery: { ...slow, sending: "whole" } }, "GET", "hello", "9"],
  ];
  for (const [answer, method, expected, length] of answers) {
    const made = response(answer, method);
    const what = `${answer.status} to ${method}`;
    assert.deepEqual([made.status, made.headers.get("content-length")], [answer.status, length], what);
    assert.equal(made.body === null ? null : await made.text(), expected, what);
  }
});
