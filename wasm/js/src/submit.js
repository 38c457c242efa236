/**
 * Sends a request in as many parts as its contract wants, and tells what became of each id. Resolves whatever happens: what
 * was not sent is *not sent*, and what was sent and not answered is *unknown*.
 */

import { InvalidCallError, why } from "./errors.js";
import { LOST, NOT_SENT, all, merge } from "./report.js";

/** How long it waits before it tries again, in milliseconds, if nothing else is said. @param {number} attempt from 1 */
const BACKOFF = (attempt) => Math.min(250 * 2 ** (attempt - 1), 8000);
/** The longest that a server may ask to be left alone, in milliseconds, before it is given up. */
const PATIENCE = 60_000;

/** @typedef {import("./call.js").Call} Call */
/** @typedef {import("./report.js").Report} Report */
/** @typedef {"complete" | "aborted" | "unauthorized" | "rate-limited" | "network"} Ended */

/**
 * @param {import("./contract.js").Contract} contract
 * @param {Call} call
 * @param {any} options
 * @returns {Promise<Report>}
 */
export async function submit(contract, call, options) {
  const batches = contract.batches(call, { size: options.size });
  const violations = batches.flatMap((batch) => batch.violations);
  if (violations.length > 0) throw new InvalidCallError(violations);
  const sending = new Sending(contract, call.ids.length, options);
  /** @type {Report[]} */
  const reports = batches.map((batch) => all(batch.ids, NOT_SENT));
  let next = 0;
  const work = async () => {
    while (next < batches.length && sending.ended === undefined) {
      const place = next;
      next += 1;
      reports[place] = await sending.send(batches[place]);
      sending.progress(reports);
    }
  };
  // What is no number is one, too: nothing would be sent at all otherwise.
  const workers = Math.max(1, Math.floor(Math.min(options.concurrency ?? 1, batches.length)) || 1);
  await Promise.all(Array.from({ length: workers }, work));
  return merge(reports, sending.ended ?? "complete", contract.folds);
}

/** Sending, as long as it goes on. */
class Sending {
  /**
   * @param {import("./contract.js").Contract} contract
   * @param {number} total
   * @param {any} options
   */
  constructor(contract, total, options) {
    this.contract = contract;
    this.total = total;
    this.options = options;
    this.fetch = options.fetch ?? globalThis.fetch;
    /** @type {AbortSignal | undefined} */
    this.signal = options.signal;
    /** @type {Ended | undefined} */
    this.ended = undefined;
  }

  /** @param {Call} batch @returns {Promise<Report>} */
  async send(batch) {
    const { retries = 2, backoff = BACKOFF } = this.options;
    /** @type {Report[]} */
    const reports = [];
    for (let attempt = 1; ; attempt += 1) {
      if (this.signal?.aborted) return this.end("aborted", reports, all(batch.ids, NOT_SENT));
      const answered = await this.attempt(batch);
      if (answered.status === undefined) return this.end(answered.ended, reports, answered.report);
      const { status, report } = answered;
      if (status === 401 || status === 403) return this.end("unauthorized", reports, report);
      if (status !== 429 && status < 500) return merge([...reports, report]);
      // A deletion names what it deletes, so that to ask again deletes nothing else.
      const wait = report.wait === null ? backoff(attempt) : report.wait * 1000;
      if (attempt > retries || wait > PATIENCE) {
        return status === 429 ? this.end("rate-limited", reports, report) : merge([...reports, report]);
      }
      reports.push(report);
      await pause(wait, this.signal);
    }
  }

  /**
   * @param {Call} batch
   * @returns {Promise<{ status: number, report: Report } | { status: undefined, ended: Ended, report: Report }>}
   */
  async attempt(batch) {
    const { baseUrl, headers } = this.options;
    const { url, method, headers: own, body } = batch.toRequest(baseUrl);
    /** @type {Headers} */
    let sent;
    try {
      const more = typeof headers === "function" ? await headers() : headers;
      sent = new Headers(own);
      new Headers(more ?? {}).forEach((value, name) => sent.set(name, value));
    } catch (cause) {
      const reason = `no credentials: ${why(cause)}`;
      return { status: undefined, ended: "unauthorized", report: all(batch.ids, { ...NOT_SENT, reason }) };
    }
    try {
      const fetch = this.fetch;
      const response = await fetch(url, { method, headers: sent, body, signal: this.signal });
      const { report, isWhole } = await this.contract.received(batch, response);
      if (isWhole) return { status: response.status, report };
      // Its status was answered, and says something as well.
      return { status: undefined, ended: this.lost(), report };
    } catch (cause) {
      // It may have arrived, for all that is known.
      return { status: undefined, ended: this.lost(), report: all(batch.ids, { ...LOST, reason: why(cause) }) };
    }
  }

  /** Why no answer came. @returns {Ended} */
  lost() {
    return this.signal?.aborted ? "aborted" : "network";
  }

  /** @param {Ended} why @param {readonly Report[]} before @param {Report} last */
  end(why, before, last) {
    this.ended ??= why;
    return merge([...before, last]);
  }

  /** @param {readonly Report[]} reports */
  progress(reports) {
    const { onProgress } = this.options;
    if (onProgress === undefined) return;
    const report = merge(reports);
    tell(onProgress, { done: this.total - report.summary.notSent, total: this.total, report });
  }
}

/**
 * Tells somebody how it goes. Their mistake must not leave a deletion half told: it goes where mistakes of a page go.
 *
 * @template T
 * @param {(how: T) => void} listener
 * @param {T} how
 */
export function tell(listener, how) {
  try {
    listener(how);
  } catch (cause) {
    if (typeof globalThis.reportError === "function") globalThis.reportError(cause);
  }
}

/** Waits, but not for what was called off. @param {number} milliseconds @param {AbortSignal | undefined} signal */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve(undefined);
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve(undefined);
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", done, { once: true });
  });
}
