/**
 * The corpus through the package: the same in Node and in a browser. Each case's request is parsed, its answer read, and its
 * fate foretold from its world; all three must agree with what the case says.
 */

import { readSource } from "../support/source.js";
import { World } from "../support/world.js";
import { Checks } from "./checks.js";
import { readCase } from "./exchanges.js";

/**
 * @param {(documents: any) => Promise<any>} load
 * @param {{ contracts: Record<string, { openapi: string, policy: string, world: string }>, cases: { file: string, contract: string, text: string }[] }} corpus
 */
export async function run(load, { contracts, cases }) {
  /** @type {Record<string, any>} */
  const loaded = {};
  for (const [name, { openapi, policy }] of Object.entries(contracts)) {
    loaded[name] = await load({ name, openapi, policy });
  }
  /** How often each thing was checked. @type {Record<string, number>} */
  const checked = {};
  /** What does not apply to an exchange, by its reason. @type {Record<string, string[]>} */
  const left = {};
  /** @type {string[]} */
  const failed = [];
  let exchanges = 0;
  for (const { file, contract: folder, text } of cases) {
    const { contract: named = folder, world, fault, exchanges: steps } = readCase(text);
    const { openapi, policy: policyText, world: own } = contracts[named];
    const policy = JSON.parse(policyText);
    const state = new World(world ?? readSource(own).value, policy);
    const kept = { deleted: new Set() };
    steps.forEach((exchange, index) => {
      exchanges += 1;
      const which = steps.length > 1 ? `${file}#${index + 1}` : file;
      const checks = new Checks({
        contract: loaded[named],
        openapi: JSON.parse(openapi),
        policy,
        world: state,
        kept,
        fault,
        count: (what) => (checked[what] = (checked[what] ?? 0) + 1),
        leave: (why) => (left[why] ??= []).push(which),
        fail: (what) => failed.push(`${which}: ${what}`),
      });
      try {
        checks.exchange(exchange);
      } catch (cause) {
        failed.push(`${which}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
      }
    });
  }
  return { cases: cases.length, exchanges, checked, left, failed };
}
