/** Errors by name, so that a page can tell them apart, and the words for what they are about. */

/** What to do where a module is not where the script looks for it. */
export const LEFT_OUT = "Where a bundler leaves it out, `inline` of the package has it in the script";

/** What somebody else threw, in words. Anything can be thrown, also what cannot be put into words. @param {unknown} cause */
export function why(cause) {
  try {
    return cause instanceof Error ? String(cause.message) : String(cause);
  } catch {
    return "it does not say why";
  }
}

/** What was given, in words. @param {unknown} value */
export function show(value) {
  if (typeof value === "string") return `\`${value}\``;
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value === "object" ? "an object" : String(value);
}

/** The engine cannot run here: WebAssembly is not there, is not allowed, or gave up. Deleting still works, without a forecast. */
export class EngineError extends Error {
  /** @param {string} message @param {unknown} [cause] */
  constructor(message, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "EngineError";
  }
}

/**
 * A module that could not be compiled, or could not be made an instance of: which of the two a policy forbids differs.
 *
 * @param {string} what it is
 * @param {unknown} cause
 */
export function unloaded(what, cause) {
  const said = why(cause);
  // Browsers name the policy, each in its own words; for all else it is no help.
  const help = /Security.Policy|CSP|unsafe-eval/.test(said) ? ". A Content-Security-Policy must allow 'wasm-unsafe-eval'" : "";
  return new EngineError(`${what} could not be loaded: ${said}${help}`, cause);
}

/** The documents are no contract. `problems` says everything that is wrong with them. */
export class ContractError extends Error {
  /** @param {readonly import("../index.js").Problem[]} problems */
  constructor(problems) {
    const lines = problems.map(({ document, pointer, message }) => `${document}#${pointer}: ${message}`);
    super(lines.length === 1 ? lines[0] : `${lines.length} problems:\n${lines.join("\n")}`);
    this.name = "ContractError";
    /** @readonly */
    this.problems = problems;
  }
}

/** The request breaks its contract, so that nothing was sent. `violations` says how. */
export class InvalidCallError extends Error {
  /** @param {readonly import("../index.js").Violation[]} violations */
  constructor(violations) {
    super(`nothing was sent: ${violations.map(({ pointer, message }) => `${pointer} ${message}`).join("; ")}`);
    this.name = "InvalidCallError";
    /** @readonly */
    this.violations = violations;
  }
}
