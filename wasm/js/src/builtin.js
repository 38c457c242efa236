/** What the contracts of the package are made of: documents, and what the engine reads instead of them. */

/** Under this name a contract has its compiled form: one character for each byte. */
export const COMPILED = Symbol.for("bulk-delete.compiled");

/**
 * A contract of the package. What was compiled goes with these very documents: a copy of them leaves it behind, and they cannot
 * be changed.
 *
 * @param {object} documents
 * @param {string} compiled
 */
export function builtin(documents, compiled) {
  return frozen(Object.defineProperty(documents, COMPILED, { value: compiled }));
}

/** The same, which nobody can change any more. @template T @param {T} value @returns {T} */
export function frozen(value) {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
