/**
 * What the engine tells about a contract it has loaded.
 *
 * @typedef {object} Description
 * @property {string} name
 * @property {string} method
 * @property {string} path the template, with `{name}` for each parameter
 * @property {readonly Parameter[]} parameters
 * @property {readonly string[] | null} body its media types; `null` where it has none
 * @property {readonly string[]} properties those that the body's schema names
 * @property {readonly ["/path" | "/query" | "/body", string]} ids where the ids stand: the place, and a name or a JSON Pointer
 * @property {boolean} alike whether nothing but their type is asked of ids in a body
 * @property {number | null} least
 * @property {number | null} most ids in one request
 * @property {readonly ["/path" | "/query" | "/body", string] | null} container
 * @property {boolean} together whether one item decides for all
 * @property {readonly string[]} credentials the headers by which callers prove who they are
 * @property {readonly string[]} codes the names of the outcomes
 * @property {readonly (readonly [string, string | null])[]} facts what the checks ask of an item, and which part of it
 * @property {Following} [following] how operations are followed that a request begins, where something is said of it
 */

/**
 * @typedef {object} Following
 * @property {string} path with `{name}` for each parameter
 * @property {readonly ["/path" | "/query", string] | null} at where the operations' ids stand; `null` where all are told
 * @property {"repeated" | "commas" | "brackets" | "indexed" | null} spelling of several ids; `null` where one is asked for at a time
 * @property {number} most operations in one request
 * @property {string | null} list the JSON Pointer to them in the answer; `null` where it is about one
 * @property {string} id the JSON Pointer to an operation's id, in what is told of it
 * @property {string} state that to how far it is
 * @property {unknown} succeeded what stands there when it has succeeded
 * @property {unknown} failed what stands there when it has failed
 * @property {string | null} fail the JSON Pointer to why it failed
 */

/**
 * @typedef {object} Parameter
 * @property {"/path" | "/query" | "/header"} at
 * @property {string} name
 * @property {"repeated" | "commas" | "brackets" | "indexed" | null} list how a list is spelt; `null` for one value
 * @property {boolean} commas whether a comma separates two values
 */

/**
 * The names that a call may be given.
 *
 * @param {Description} description
 * @returns {Set<string>}
 */
export function names(description) {
  const [at, name] = description.ids;
  const all = [...description.parameters.map((parameter) => parameter.name), ...description.properties];
  const others = all.filter((other) => !(other === name || (at === "/body" && `/${other}` === name)));
  return new Set(["ids", ...others]);
}
