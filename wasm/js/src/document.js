/** Documents of a contract as text. */

import { ContractError } from "./errors.js";
import { write } from "./json.js";

/**
 * A document as text: that of its file, or read as JSON already.
 *
 * @param {string} name
 * @param {unknown} value
 * @param {string} [document] what it is called in problems
 */
export function text(name, value, document = `${name}.json`) {
  if (value === undefined) throw new TypeError(`${name}: the document is missing`);
  // A file may begin with a byte order mark, which is no part of what it says.
  if (typeof value === "string") return value.replace(/^\ufeff/, "");
  const { text: written, unwritable } = write(value, "");
  if (unwritable.length === 0) return written;
  throw new ContractError(unwritable.map(({ pointer, message }) => Object.freeze({ document, pointer, message })));
}
