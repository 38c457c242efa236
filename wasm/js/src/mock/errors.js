/** What the mock's control API refuses, as an error. */

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
