/** Validation, beside ajv: of bytes as they came, of text, and of values. */

import { BODIES, COUNTS } from "./inputs.js";

const encoder = new TextEncoder();

/**
 * @typedef {object} Task
 * @property {string} what
 * @property {() => unknown} ours
 * @property {() => unknown} peer
 * @property {string} peerName
 * @property {Target} [target]
 */

/** @typedef {{ most?: Partial<Record<string, number>>, more?: number }} Target the largest ratio by place; or nanoseconds more */

/** The largest ratios, by kind of input, count and place. @type {Record<string, Record<number, Target>>} */
const TARGETS = {
  bytes: { 1000: { most: { node: 0.4, chromium: 0.45 } }, 100_000: { most: { node: 0.25, chromium: 0.3 } } },
  text: {
    1: { most: { node: 0.45, chromium: 1.1 } },
    50: { most: { node: 0.45, chromium: 1.1 } },
    1000: { most: { node: 0.45, chromium: 1.1 } },
    100_000: { most: { node: 0.45, chromium: 1.1 } },
  },
  value: { 1: { more: 400 }, 1000: { most: { node: 1.2, chromium: 1.2 } } },
};

/** How a body is checked, by us and by ajv; each tells whether it is valid. @param {any} contract @param {(value: unknown) => boolean} ajv */
function ways(contract, ajv) {
  const decoder = new TextDecoder();
  return {
    bytes: {
      from: (/** @type {string} */ text) => encoder.encode(text),
      ours: (/** @type {Uint8Array} */ bytes) => contract.validate({ bytes }).length === 0,
      peer: (/** @type {Uint8Array} */ bytes) => ajv(JSON.parse(decoder.decode(bytes))),
      peerName: "TextDecoder, JSON.parse, ajv",
    },
    text: {
      from: (/** @type {string} */ text) => text,
      ours: (/** @type {string} */ text) => contract.validate({ text }).length === 0,
      peer: (/** @type {string} */ text) => ajv(JSON.parse(text)),
      peerName: "JSON.parse, ajv",
    },
    value: {
      from: (/** @type {string} */ text) => JSON.parse(text),
      ours: (/** @type {unknown} */ value) => contract.body["~standard"].validate(value).issues === undefined,
      peer: (/** @type {unknown} */ value) => ajv(value),
      peerName: "ajv",
    },
  };
}

/** Everything that is compared. @param {Record<string, any>} contracts @param {Record<string, (value: unknown) => boolean>} ajv @returns {Task[]} */
export function validation(contracts, ajv) {
  const tasks = [];
  for (const [name, { of }] of Object.entries(BODIES)) {
    for (const [kind, way] of Object.entries(ways(contracts[name], ajv[name]))) {
      for (const count of COUNTS) {
        const input = /** @type {any} */ (way.from(JSON.stringify(of(count))));
        tasks.push({
          what: `${kind}, ${name}, ${count.toLocaleString("en")} ${count === 1 ? "id" : "ids"}`,
          ours: () => way.ours(input),
          peer: () => way.peer(input),
          peerName: way.peerName,
          target: TARGETS[kind][count],
        });
      }
    }
  }
  return tasks;
}

/**
 * Fails unless everybody tells good from bad alike: who accepts everything is fast.
 *
 * @param {Record<string, any>} contracts
 * @param {Record<string, (value: unknown) => boolean>} ajv
 */
export function agree(contracts, ajv) {
  const wrong = [];
  for (const [name, { of, good, bad }] of Object.entries(BODIES)) {
    const many = COUNTS.map((count) => JSON.stringify(of(count)));
    const texts = [...[...good, ...many].map((text) => [text, true]), ...bad.map((text) => [text, false])];
    for (const [kind, way] of Object.entries(ways(contracts[name], ajv[name]))) {
      for (const [text, expected] of /** @type {[string, boolean][]} */ (texts)) {
        let input;
        try {
          input = /** @type {any} */ (way.from(text));
        } catch {
          // What is no JSON is no value either.
          continue;
        }
        const told = { ours: verdict(() => way.ours(input)), [way.peerName]: verdict(() => way.peer(input)) };
        for (const [who, accepted] of Object.entries(told)) {
          if (accepted !== expected) wrong.push(`${name}, ${kind}: ${who} says ${accepted} of ${text.slice(0, 60)}`);
        }
      }
    }
  }
  if (wrong.length > 0) throw new Error(`nothing was measured, as the verdicts differ:\n${wrong.join("\n")}`);
}

/** @param {() => boolean} check */
function verdict(check) {
  try {
    return check();
  } catch (cause) {
    if (cause instanceof SyntaxError) return false;
    throw cause;
  }
}
