/** Reads contract folders and worlds from the disk, and has the built-in ones. */

import { isUtf8 } from "node:buffer";
import { readFile, readdir, realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import { Failure } from "./failure.js";

/** @typedef {import("../host.js").Folder} Folder */
/** @typedef {import("../host.js").Content} Content */

/** The built-in folders, in the order of the binary. @returns {Promise<Folder[]>} */
export async function builtin() {
  const { contracts } = await import("../../../dist/mock/contracts.js");
  // Made by the project itself, so that each has its name and its worlds as text.
  const all = /** @type {{ name: string, openapi: unknown, policy: unknown, world?: string, start?: string, scenarios?: Record<string, string> }[]} */ (
    contracts
  );
  return all.map(({ name, openapi, policy, world, start, scenarios }) => ({
    name,
    place: `built-in ${name}`,
    openapi: JSON.stringify(openapi),
    policy: JSON.stringify(policy),
    world,
    start,
    scenarios: Object.entries(scenarios ?? {}),
    isBuiltIn: true,
  }));
}

/** A contract folder. Its name is that of its directory. @param {string} directory @returns {Promise<Folder>} */
export async function folder(directory) {
  // `.` has no name of its own.
  const name = basename(await told(realpath(directory), directory));
  if (name === "") throw new Failure(`${directory}: the folder needs a name, which is the contract's`);
  const [openapi, policy] = await Promise.all(["openapi.json", "policy.json"].map((file) => text(join(directory, file))));
  return {
    name,
    place: directory,
    openapi,
    policy,
    world: await optional(join(directory, "world.json")),
    start: await optional(join(directory, "examples", "start.json")),
    scenarios: await scenarios(join(directory, "scenarios")),
  };
}

/** The documents of a folder that may not be there, in the order of their names. @param {string} directory @returns {Promise<[string, Content][]>} */
async function scenarios(directory) {
  /** @type {string[]} */
  let names;
  try {
    names = await readdir(directory);
  } catch (cause) {
    if (/** @type {NodeJS.ErrnoException} */ (cause).code === "ENOENT") return [];
    throw trouble(directory, cause);
  }
  const documents = names.filter((name) => name.endsWith(".json")).sort();
  return Promise.all(documents.map(async (name) => /** @type {[string, Content]} */ ([basename(name, ".json"), await text(join(directory, name))])));
}

/** A document. @param {string} path */
export async function text(path) {
  return content(await told(readFile(path), path));
}

/** A document as text, without a byte order mark. What is no UTF-8 stays as it is, and is found by the mock. @param {Buffer} bytes */
function content(bytes) {
  return isUtf8(bytes) ? bytes.toString("utf8").replace(/^\ufeff/, "") : bytes;
}

/** A document that may not be there. @param {string} path */
async function optional(path) {
  try {
    return content(await readFile(path));
  } catch (cause) {
    if (/** @type {NodeJS.ErrnoException} */ (cause).code === "ENOENT") return undefined;
    throw trouble(path, cause);
  }
}

/** @template T @param {Promise<T>} reading @param {string} path @returns {Promise<T>} */
async function told(reading, path) {
  try {
    return await reading;
  } catch (cause) {
    throw trouble(path, cause);
  }
}

/** @param {string} path @param {unknown} cause */
function trouble(path, cause) {
  return new Failure(`${path} cannot be read: ${/** @type {Error} */ (cause).message}`);
}
