/** A request that is only checked has the violations of one that is kept. */

import assert from "node:assert/strict";
import { test } from "node:test";
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
