/** What the contracts of the package are made of: documents, and what the engine reads instead of them. */

/** Under this name a contract has its compiled form: one character for each byte. */
export const COMPILED = Symbol.for("bulk-delete.compiled");
/** And under this, how its operations are followed, which the engine has no need of. */
export const FOLLOWING = Symbol.for("bulk-delete.following");

/**
 * A contract of the package. What was compiled goes with these very documents: a copy of them leaves it behind, and they cannot
 * be changed.
 *
 * @param {object} documents
 * @param {string} compiled
 * @param {import("./description.js").Following} [following]
 */
export function builtin(documents, compiled, following) {
  return frozen(Object.defineProperties(documents, { [COMPILED]: { value: compiled }, [FOLLOWING]: { value: following } }));
}

/** The same, which nobody can change any more. @template T @param {T} value @returns {T} */
export function frozen(value) {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
