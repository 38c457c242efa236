/** Loads contracts: documents in, a contract out, or everything that is wrong with them. */

import { callback, optional } from "./arguments.js";
import { COMPILED, FOLLOWING } from "./builtin.js";
import { Contract } from "./contract.js";
import { text } from "./document.js";
import { show } from "./errors.js";

/**
 * The engine that takes any documents, and beside it perhaps a smaller one that takes only what was compiled.
 *
 * @typedef {{ full: import("./engine.js").Engine, lean?: import("./engine.js").Engine }} Engines
 */

/**
 * A contract's documents.
 *
 * @typedef {object} Texts
 * @property {string | undefined} compiled one character for each byte
 * @property {import("./description.js").Following} [following] how operations are followed, where the documents do not say it
 * @property {() => [name: string, openapi: string, policy: string]} texts
 * @property {() => boolean} folds whether ids that differ in case are the same; asked of documents that are a contract
 */

/**
 * @param {Engines} engines
 * @param {any} documents
 * @param {{ messages?: import("../index.js").Messages }} [options]
 */
export async function load({ full, lean }, documents, options) {
  const messages = messagesOf(optional("options", options).messages);
  if (typeof documents !== "object" || documents === null) {
    throw new TypeError(`documents: they must be an object with openapi and policy, and are ${show(documents)}`);
  }
  const { name = "contract" } = documents;
  if (typeof name !== "string") throw new TypeError(`name: it must be a string, and is ${show(name)}`);
  const compiled = typeof documents[COMPILED] === "string" ? documents[COMPILED] : undefined;
  // Whoever has the larger one already needs no other.
  const engine = compiled !== undefined && lean !== undefined && full.module === undefined ? lean : full;
  /** @type {() => [string, string, string]} */
  const texts = () => [name, text("openapi", documents.openapi), text("policy", documents.policy)];
  if (compiled === undefined) {
    const [, openapi, policy] = texts();
    await engine.start();
    return new Contract(engine, { compiled, texts: () => [name, openapi, policy], folds: () => folds(JSON.parse(policy)) }, messages);
  }
  await engine.start();
  return new Contract(engine, { compiled, following: documents[FOLLOWING], texts, folds: () => folds(documents.policy) }, messages);
}

/** @param {unknown} given @returns {import("../index.js").Messages} */
function messagesOf(given) {
  const messages = optional("messages", given);
  for (const [rule, own] of Object.entries(messages)) if (typeof own !== "string") callback(`messages.${rule}`, own);
  return messages;
}

/** @param {{ ids: { compare?: string } }} policy */
function folds({ ids }) {
  return ids.compare === "ignore-case";
}
