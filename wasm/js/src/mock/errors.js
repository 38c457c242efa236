/** What the mock refuses, by name. */

/** The mock refused a call, and nothing has changed. `problems` says everything that is wrong where a document is. */
export class MockError extends Error {
  /** @param {number} status @param {any} body */
  constructor(status, body) {
    const { message = `the mock answered ${status}`, problems = [] } = body?.error ?? {};
    const lines = problems.map(
      (/** @type {import("../../index.js").Problem} */ { document, pointer, message: what }) => `${document}#${pointer}: ${what}`,
    );
    super([message, ...lines].join("\n"));
    this.name = "MockError";
    /** @readonly */
    this.status = status;
    /** @readonly @type {readonly import("../../index.js").Problem[]} */
    this.problems = problems;
  }
}

/** The requests of this page cannot be answered by the mock, and go where they went before. */
export class InterceptError extends Error {
  /** @param {string} message @param {unknown} [cause] */
  constructor(message, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "InterceptError";
  }
}
