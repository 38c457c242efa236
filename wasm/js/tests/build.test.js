/** Requests from named arguments: every place, and every spelling of a list. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "../src/build.js";
import { applications, experiences, models, programs, tasks, told, where } from "./support/contracts.js";

/** @param {any} more */
function description(more) {
  return { method: "POST", path: "/things", parameters: [], body: null, properties: [], ids: ["/query", "ids"], ...more };
}

/** @param {string | null} list */
function inQuery(list, commas = false) {
  return description({ parameters: [{ at: "/query", name: "ids", list, commas }] });
}

test("a list is spelt as the contract spells it", () => {
  for (const [list, expected] of /** @type {[string, string][]} */ ([
    ["repeated", "ids=a%2Cb&ids=c%20d&ids=%C3%A9%26"],
    ["commas", "ids=a%2Cb,c%20d,%C3%A9%26"],
    ["brackets", "ids%5B%5D=a%2Cb&ids%5B%5D=c%20d&ids%5B%5D=%C3%A9%26"],
    ["indexed", "ids%5B0%5D=a%2Cb&ids%5B1%5D=c%20d&ids%5B2%5D=%C3%A9%26"],
  ])) {
    const { parts, found } = build(inQuery(list), { ids: ["a,b", "c d", "é&"] });
    assert.deepEqual([parts.query, found], [expected, []], list);
  }
});

test("what would arrive as something else is a violation, once", () => {
  for (const [id, rule] of /** @type {[unknown, string][]} */ ([
    ["a,b", "unsendable"],
    ["", "unsendable"],
    ["\ud800", "unsendable"],
    ["x\udc00y", "unsendable"],
    [2 ** 53, "unsafe-integer"],
    [1e21, "unsafe-integer"],
    [NaN, "not-json"],
    [-Infinity, "not-json"],
    [null, "type"],
    [undefined, "type"],
    [{}, "type"],
    [["a"], "type"],
    [Symbol("a"), "type"],
    [() => 1, "type"],
  ])) {
    const { found } = build(inQuery("repeated", true), { ids: ["good", id] });
    assert.deepEqual(told(found), [`/query/ids/1 ${rule}`], String(rule));
  }
});

test("scalars in a query are written in full", () => {
  const one = description({ parameters: [{ at: "/query", name: "a b", list: null, commas: false }] });
  for (const [value, query] of /** @type {[unknown, string][]} */ ([
    [true, "a%20b=true"],
    [0, "a%20b=0"],
    [-0, "a%20b=0"],
    [-7, "a%20b=-7"],
    [2.5, "a%20b=2.5"],
    [2n ** 70n, "a%20b=1180591620717411303424"],
    ["", "a%20b="],
    ["+&=#", "a%20b=%2B%26%3D%23"],
  ])) {
    assert.equal(build(one, { "a b": value }).parts.query, query);
  }
  assert.equal(build(one, {}).parts.query, undefined);
});

test("a list that is none is a violation of its type", () => {
  for (const [ids, is] of /** @type {[unknown, string][]} */ ([["a", "a string"], [null, "null"], [{}, "an object"], [5, "a number"]])) {
    const { found } = build(inQuery("repeated"), { ids });
    assert.deepEqual(found.map(({ pointer, message }) => `${pointer} ${message}`), [`/query/ids must be an array, is ${is}`]);
  }
});

test("a path takes names as they are, and none that a browser would take out", () => {
  const within = description({ path: "/spaces/{space/id}/{b}", parameters: [{ at: "/path", name: "space/id" }, { at: "/path", name: "b" }] });
  const { parts } = build(within, { "space/id": "a/b?c#d%", b: "$&{b}" });
  assert.equal(parts.path, "/spaces/a%2Fb%3Fc%23d%25/%24%26%7Bb%7D");
  for (const value of ["", ".", ".."]) {
    assert.deepEqual(told(build(within, { "space/id": value, b: "x" }).found), ["/path/space~1id unsendable"], value);
  }
  assert.deepEqual(build(within, { b: "x" }).found, [
    { pointer: "/path", rule: "required", message: "must have `space~1id`", property: "space~1id" },
  ]);
});

test("a header is one line of what headers hold", () => {
  const one = description({ parameters: [{ at: "/header", name: "X-Things", list: "repeated" }, { at: "/header", name: "X-One", list: null }] });
  assert.deepEqual(build(one, { "X-Things": ["a", 1], "X-One": "é" }).parts.headers, [["x-things", "a,1"], ["x-one", "é"]]);
  for (const value of ["a\nb", "a\rb", "a\0b", "€", " a", "a ", "\u2028"]) {
    assert.deepEqual(told(build(one, { "X-One": value }).found), ["/header/x-one unsendable"], JSON.stringify(value));
  }
});

test("ids stand where the contract has them, also deep in the body", () => {
  const deep = description({ body: ["application/vnd.things+json"], properties: ["note"], ids: ["/body", "/a~1b/0/ids"] });
  const { parts } = build(deep, { ids: [1, 2n], note: undefined });
  assert.deepEqual(parts, {
    path: "/things",
    query: undefined,
    headers: [["content-type", "application/vnd.things+json"]],
    body: '{"a/b":{"0":{"ids":[1,2]}}}',
  });
});

test("what ids stand in is not changed, and what they cannot stand in is said", () => {
  const deep = description({ body: ["application/json"], properties: ["filter"], ids: ["/body", "/filter/in/ids"] });
  const filter = Object.freeze({ mode: "soft", in: Object.freeze({ more: true }) });
  assert.equal(build(deep, { ids: [1], filter }).parts.body, '{"filter":{"mode":"soft","in":{"more":true,"ids":[1]}}}');
  const own = { mode: "soft" };
  build(deep, { ids: [1], filter: own });
  assert.deepEqual(own, { mode: "soft" });
  for (const [wrong, body] of /** @type {[unknown, string][]} */ ([
    [5, '{"filter":5}'],
    ["abc", '{"filter":"abc"}'],
    [null, '{"filter":null}'],
    [[1], '{"filter":[1]}'],
    [{ in: "x" }, '{"filter":{"in":"x"}}'],
  ])) {
    assert.equal(build(deep, { ids: [1], filter: wrong }).parts.body, body);
  }
});

test("what else a contract calls ids is not where they stand", () => {
  const other = description({ body: ["application/json"], properties: ["things", "ids"], ids: ["/body", "/things"] });
  assert.equal(build(other, { ids: [1] }).parts.body, '{"things":[1]}');
});

test("each contract's request is the documented one", () => {
  const rows = [
    [models, "anaplan-models", { ids: ["A", "B"] }, "/2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels", '{"modelIdsToDelete":["A","B"]}'],
    [applications, "codearts-applications", { ids: ["a"] }, "/v2/applications/batch-delete", '{"project_id":"0a38ce9ba3c740c199a0f872b6163661","application_ids":["a"]}'],
    [experiences, "aisquare-experiences", { ids: [1, 2n ** 70n] }, "/api/v1/experiences/bulk-delete/", '{"ids":[1,1180591620717411303424]}'],
    [tasks, "workspace-scheduled-tasks", { ids: ["t"] }, "/v2/0a38ce9ba3c740c199a0f872b6163661/scheduled-tasks/batch-delete", '{"task_ids":["t"]}'],
    [programs, "seismic-programs", { ids: ["p", "q"], deleteTasks: true }, "/programs/v2/spaces/rkr83lapKkyCJuLLWqLqzB/programs?ids=p&ids=q&deleteTasks=true", undefined],
  ];
  for (const [contract, name, given, url, body] of /** @type {any[]} */ (rows)) {
    const call = contract.call({ ...where[name], ...given });
    assert.deepEqual(call.violations, [], name);
    const request = call.toRequest("https://example.com//");
    assert.equal(request.url, `https://example.com${url}`, name);
    assert.deepEqual(request.body && JSON.parse(request.body), body && JSON.parse(body), name);
    assert.deepEqual(request.headers, body === undefined ? {} : { "Content-Type": "application/json" }, name);
    assert.equal(request.method, name === "seismic-programs" ? "DELETE" : "POST");
  }
});
