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
