/**
 * Sends a request in as many parts as its contract wants, and tells what became of each id. Resolves whatever happens: what
 * was not sent is *not sent*, and what was sent and not answered is *unknown*.
 */

import { callback } from "./arguments.js";
import { InvalidCallError, show, why } from "./errors.js";
import { LOST, NOT_SENT, all, merge } from "./report.js";
import { isAddress, pause, signalOf, unlessAborted } from "./wait.js";

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
  checked(options);
  const batches = contract.batches(call, { size: options.size });
  batches[0].toRequest(options.baseUrl);
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
      const { ids } = batches[place];
      // Whoever is told of another part meanwhile must not take these for not sent.
      reports[place] = all(ids, LOST);
      sending.open += ids.length;
      reports[place] = await sending.send(batches[place]);
      sending.open -= ids.length;
      sending.progress(reports);
    }
  };
  // What is no number is one, too: nothing would be sent at all otherwise.
  const workers = Math.max(1, Math.floor(Math.min(options.concurrency ?? 1, batches.length)) || 1);
  await Promise.all(Array.from({ length: workers }, work));
  sending.halt.abort();
  return merge(reports, sending.ended ?? "complete", contract.folds);
}

/** Looks at options before anything is sent. @param {any} options */
function checked({ fetch, onProgress, backoff, retries }) {
  for (const [name, value] of Object.entries({ fetch, onProgress, backoff })) callback(name, value);
  // With what is no number there would be no end.
  const isCount = retries === undefined || (typeof retries === "number" && retries >= 0);
  if (!isCount) throw new TypeError(`retries: it must be a number from 0, and is ${show(retries)}`);
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
    this.signal = signalOf(options.signal);
    /** Nobody waits any longer when one of them has ended it for all. */
    this.halt = new AbortController();
    this.signal?.addEventListener("abort", () => this.halt.abort(), { signal: this.halt.signal });
    /** How many ids are on their way. */
    this.open = 0;
    /** @type {Ended | undefined} */
    this.ended = undefined;
  }

  /** @param {Call} batch @returns {Promise<Report>} */
  async send(batch) {
    const { retries = 2 } = this.options;
    /** @type {Report[]} */
    const reports = [];
    for (let attempt = 1; ; attempt += 1) {
      if (this.signal?.aborted) return this.end("aborted", reports, all(batch.ids, NOT_SENT));
      if (this.ended !== undefined && reports.length > 0) return merge(reports);
      const answered = await this.attempt(batch);
      if (answered.status === undefined) return this.end(answered.ended, reports, answered.report);
      const { status, report } = answered;
      if (status === 401 || status === 403) return this.end("unauthorized", reports, report);
      if (status !== 429 && status < 500) return merge([...reports, report]);
      // A deletion names what it deletes, so that to ask again deletes nothing else.
      const wait = report.wait === null ? this.backoff(attempt) : report.wait * 1000;
      if (attempt > retries || (report.wait !== null && wait > PATIENCE)) {
        return status === 429 ? this.end("rate-limited", reports, report) : merge([...reports, report]);
      }
      reports.push(report);
      await pause(wait, this.halt.signal);
    }
  }

  /** Milliseconds before the next attempt. A mistake of whoever says so must not leave a deletion half told. @param {number} attempt */
  backoff(attempt) {
    const { backoff = BACKOFF } = this.options;
    /** @type {number} */
    let wait = NaN;
    tell(() => (wait = backoff(attempt)), undefined);
    return typeof wait === "number" && wait >= 0 ? wait : BACKOFF(attempt);
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
      const more = typeof headers === "function" ? await unlessAborted(headers(), this.signal) : headers;
      sent = new Headers(own);
      new Headers(more ?? {}).forEach((value, name) => sent.set(name, value));
    } catch (cause) {
      if (this.signal?.aborted) return { status: undefined, ended: "aborted", report: all(batch.ids, NOT_SENT) };
      const reason = `no credentials: ${why(cause)}`;
      return { status: undefined, ended: "unauthorized", report: all(batch.ids, { ...NOT_SENT, reason }) };
    }
    // It may have been called off while credentials were asked for.
    if (this.signal?.aborted) return { status: undefined, ended: "aborted", report: all(batch.ids, NOT_SENT) };
    try {
      const fetch = this.fetch;
      const response = await unlessAborted(fetch(url, { method, headers: sent, body, signal: this.signal }), this.signal);
      const { report, isWhole } = await this.contract.received(batch, response, this.signal);
      if (isWhole) return { status: response.status, report };
      // Its status was answered, and says something as well.
      return { status: undefined, ended: this.lost(), report };
    } catch (cause) {
      if (!isAddress(url, cause)) return { status: undefined, ended: "network", report: all(batch.ids, { ...NOT_SENT, reason: why(cause) }) };
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
    this.halt.abort();
    return merge([...before, last]);
  }

  /** @param {readonly Report[]} reports */
  progress(reports) {
    const { onProgress } = this.options;
    if (onProgress === undefined) return;
    const report = merge(reports, undefined, this.contract.folds);
    tell(onProgress, { done: this.total - report.summary.notSent - this.open, total: this.total, report });
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
  const failed = (/** @type {unknown} */ cause) => {
    if (typeof globalThis.reportError === "function") globalThis.reportError(cause);
  };
  try {
    // One that is asynchronous fails later, and would end a program that does not look out for it.
    void Promise.resolve(listener(how)).catch(failed);
  } catch (cause) {
    failed(cause);
  }
}
