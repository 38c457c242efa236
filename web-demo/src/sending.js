/** A request on its way: its parts, what was answered, and the operations that go on behind it. */

import { Recorder } from "./recorder.js";

/** @typedef {import("./types.d.ts").Report} Report */

/** How often operations are looked at, in milliseconds. */
const INTERVAL = 500;

export class Sending {
  /** What the answers said. @type {Report | null} */
  answered = null;
  /** The same, and what became of operations since. @type {Report | null} */
  report = null;
  done = 0;
  isUnderWay = true;
  isFollowing = false;
  #abort = new AbortController();

  /**
   * @param {import("./app.js").App} app
   * @param {import("./subject.js").Subject} subject
   * @param {import("./types.d.ts").Plan} plan
   */
  constructor(app, subject, plan) {
    this.app = app;
    this.subject = subject;
    this.plan = plan;
    this.total = plan.ids.length;
    this.recorder = new Recorder(app.transport);
    /** Who calls, until it is done: somebody else may be chosen meanwhile. */
    this.persona = app.persona;
    this.size = app.size ?? subject.usualSize;
  }

  /** Sends nothing more, and looks no more. */
  stop() {
    this.#abort.abort();
  }

  async run() {
    const { app, subject, plan } = this;
    app.changed();
    try {
      this.answered = plan.violations.length > 0 ? await this.#sendAsItIs() : await this.#submit(subject.contract);
      this.report = this.answered;
    } finally {
      this.isUnderWay = false;
    }
  }

  /** @param {import("./types.d.ts").Contract} contract @returns {Promise<Report>} */
  #submit(contract) {
    return contract.submit(this.plan.call, {
      size: this.size,
      fetch: (url, init) => this.recorder.fetch(url, init),
      headers: () => this.app.headers(this.persona),
      signal: this.#abort.signal,
      onProgress: ({ done, report }) => {
        this.done = done;
        this.report = report;
        this.app.changed();
      },
    });
  }

  /** What breaks the contract is not sent by the package. Here people want to see what the server says to it. */
  async #sendAsItIs() {
    const { method, url, headers, body } = this.plan.call.toRequest("");
    const init = { method, headers: { ...headers, ...(await this.app.headers(this.persona)) }, body };
    const response = await this.recorder.fetch(url, init);
    return this.subject.contract.read(this.plan.call, response);
  }

  /** Follows accepted operations to their end. */
  async follow() {
    const { app, subject } = this;
    if (this.report === null || this.report.operations.length === 0) return;
    this.isFollowing = true;
    /** @type {Promise<Map<string, import("./types.d.ts").Operation>>} */
    let known;
    let at = -Infinity;
    const look = () => {
      if (performance.now() - at > INTERVAL / 2) {
        at = performance.now();
        known = app.control.operations().then((operations) => {
          if (app.sending === this) app.operations = operations;
          return new Map(operations.map((operation) => [operation.id, operation]));
        });
      }
      return known;
    };
    this.report = await subject.contract.track(this.report, {
      interval: INTERVAL,
      signal: this.#abort.signal,
      status: async (operation) => {
        const now = (await look()).get(operation);
        if (now?.state === "succeeded") return "succeeded";
        return now?.state === "failed" ? { failed: now.fail ?? "The operation failed." } : "running";
      },
      onProgress: (report) => {
        this.report = report;
        app.changed();
      },
    });
    this.isFollowing = false;
  }
}
