/** A request that is only checked has the violations of one that is kept. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../src/node.js";
import { documents } from "./corpus/files.js";
import { contracts } from "./support/contracts.js";

const PATHS = ["-", "x", "%ff", "a%2fb", "12345678901234567890123456789012"];
const QUERIES = ["?", "", "ids=1", "ids=a&ids=b&deleteTasks=true", "ids[]=x", "deleteTasks=7", "more=1", "ids=%ff"];
const HEADERS = ["", "\ncontent-type:application/json", "\ncontent-type:text/plain", "\ncontent-type:x\nx-auth-token:t"];
const BODIES = ["", "{}", "[]", "null", "{", "ÿ", new Uint8Array([0xff, 0x7b])];
const LISTS = ["[]", '["a","a"]', "[1,2,2]", "[1.5,null]", JSON.stringify(new Array(101).fill("x"))];

for (const [name, contract] of Object.entries(contracts)) {
  test(`a request of ${name} is checked alike whether it is kept or not`, () => {
    const { path, ids } = contract.description;
    const property = ids[1].replace("/", "");
    const lists = LISTS.flatMap((list) => [`{"${property}":${list}}`, `{"${property}":${list},"${property}":[],"more":1}`]);
    contract.engine.with((/** @type {any} */ instance) => {
      const number = contract.in(instance);
      for (const value of PATHS) {
        const whole = path.replace(/\{[^}]+\}/g, value);
        for (const query of QUERIES) {
          for (const headers of HEADERS) {
            for (const body of [...BODIES, ...lists]) {
              const head = `${whole}\n${query}${headers}`;
              const { request, output } = instance.check(number, head, body);
              assert.deepEqual(instance.validate(number, head, body), output.violations, `${head} ${body}`);
              instance.forgetRequest(request);
            }
          }
        }
      }
      assert.equal(instance.validate(number, "/nowhere\n?", ""), null);
    });
  });
}

const REQUESTS = [
  { text: "{}" },
  { text: "" },
  { body: { more: 1n } },
  { body: "\ud800" },
  { body: () => {} },
  { bytes: Buffer.from("[1") },
  { bytes: new TextEncoder().encode('{"ids":[1]}').buffer },
  { text: "0" },
  { text: '{"modelIdsToDelete":["a"]}' },
  { text: "{}", headers: {} },
  { text: "{}", headers: [["Content-Type", "text/plain"]] },
  { text: "{}", query: "?ids=1&deleteTasks=7" },
  { query: new URLSearchParams({ ids: "x" }) },
  {},
];

for (const [name, contract] of Object.entries(contracts)) {
  test(`what is wrong with a request to ${name} is told alike without a call`, () => {
    const path = contract.description.path.replace(/\{[^}]+\}/g, "%20x");
    for (const request of REQUESTS.flatMap((each) => [each, { ...each, path }])) {
      assert.deepEqual(contract.validate(request), contract.parse(request).violations);
    }
    for (const broken of [null, undefined, 7, { text: 7 }, { bytes: "x" }, { text: "", body: 1 }, { path: "/nowhere" }, { headers: { "a b": "" } }]) {
      const [validated, parsed] = ["validate", "parse"].map((method) => {
        try {
          contract[method](broken);
        } catch (cause) {
          assert.ok(cause instanceof TypeError);
          return cause.message.replace(method, "it");
        }
        throw new Error(`${method} took ${JSON.stringify(broken)}`);
      });
      assert.equal(validated, parsed);
    }
  });
}

/** A contract whose path says which workspaces there may be: of a body alone it is not known, and what stands for it is none. */
async function picky() {
  const { openapi, policy } = documents("anaplan-models");
  const document = JSON.parse(openapi);
  const { parameters } = document.paths["/2/0/workspaces/{workspaceId}/bulkDeleteModels"].post;
  parameters.find(({ name }) => name === "workspaceId").schema = { type: "string", pattern: "^[0-9A-F]{32}$" };
  return load({ openapi: document, policy });
}

test("a body alone is checked as it would be behind what stands for the rest of its request", async () => {
  for (const contract of [...Object.values(contracts), await picky()]) {
    const path = contract.description.path.replace(/\{[^}]+\}/g, "-");
    for (const text of ["", "0", "{", "{}", '{"ids":[1]}', '{"ids":[]}', '{"modelIdsToDelete":["a"]}']) {
      assert.deepEqual(contract.validate({ text }), contract.validate({ text, path }), text);
    }
  }
  const [violation] = (await picky()).validate({ text: '{"modelIdsToDelete":["a"]}' });
  assert.equal(violation?.pointer, "/path/workspaceId");
});

test("a request that is read does not change with the memory that it was read from", () => {
  const contract = contracts["anaplan-models"];
  const text = '{"modelIdsToDelete":["A","B"]}';
  for (const bytes of [Buffer.from(text), new TextEncoder().encode(text)]) {
    for (const given of [bytes, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)]) {
      const call = contract.parse({ bytes: given });
      assert.deepEqual(contract.validate({ bytes: given }), []);
      new Uint8Array(given.buffer ?? given).fill(0);
      assert.deepEqual(call.ids, ["A", "B"]);
      assert.equal(Buffer.from(call.toRequest().body).toString(), text);
      assert.equal(contract.validate({ bytes: given }).length, 1);
    }
  }
});

test("memory that was given away is no request", () => {
  const contract = contracts["anaplan-models"];
  const buffer = new ArrayBuffer(2);
  const view = new Uint8Array(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  for (const method of ["parse", "validate"]) {
    for (const bytes of [buffer, view]) assert.throws(() => contract[method]({ bytes }), /^TypeError: bytes: /);
    for (const bytes of [new ArrayBuffer(0), new Uint8Array(3).subarray(3)]) {
      assert.deepEqual(contract[method]({ bytes }), contract[method]({}));
    }
  }
});
