/** Loads contracts: documents in, a contract out, or everything that is wrong with them. */

import { Contract } from "./contract.js";
import { ContractError } from "./errors.js";
import { show } from "./facts.js";
import { write } from "./json.js";

/**
 * @param {import("./engine.js").Engine} engine
 * @param {any} documents
 * @param {{ messages?: import("../index.js").Messages }} [options]
 */
export async function load(engine, documents, { messages } = {}) {
  if (typeof documents !== "object" || documents === null) {
    throw new TypeError(`documents: they must be an object with openapi and policy, and are ${show(documents)}`);
  }
  const { name = "contract" } = documents;
  if (typeof name !== "string") throw new TypeError(`name: it must be a string, and is ${show(name)}`);
  const texts = { name, openapi: text("openapi", documents.openapi), policy: text("policy", documents.policy) };
  await engine.start();
  return new Contract(engine, texts, messages);
}

/** A document as text: that of its file, or read as JSON already. @param {string} name @param {unknown} value */
function text(name, value) {
  if (value === undefined) throw new TypeError(`${name}: the document is missing`);
  if (typeof value === "string") return value;
  const { text: written, unwritable } = write(value, "");
  if (unwritable.length === 0) return written;
  throw new ContractError(
    unwritable.map(({ pointer, message }) => Object.freeze({ document: `${name}.json`, pointer, message })),
  );
}
