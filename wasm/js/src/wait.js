/** Waiting: how long a server asks to be left alone, and not for what was called off. */

import { show } from "./errors.js";

/** A date as HTTP writes it: `Sun, 22 Nov 2026 02:00:00 GMT`. */
const DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * `Retry-After` in seconds, from a number or a date; `null` where it is not there or is neither.
 *
 * @param {any} headers
 */
export function waitOf(headers) {
  if (headers === undefined || headers === null) return null;
  let value;
  if (typeof headers.get === "function") value = headers.get("retry-after");
  else value = Object.entries(headers).find(([name]) => name.toLowerCase() === "retry-after")?.[1];
  if (value === null || value === undefined) return null;
  const text = String(value).trim();
  if (/^\d+$/.test(text)) return Number(text);
  const date = DATE.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

/** What calls a thing off, if anything does. @param {any} signal @returns {AbortSignal | undefined} */
export function signalOf(signal) {
  if (signal === undefined || signal === null) return undefined;
  if (typeof signal.aborted === "boolean" && typeof signal.addEventListener === "function") return signal;
  throw new TypeError(`signal: it must be an AbortSignal, and is ${show(signal)}`);
}

/** The longest that timers can wait: what is longer they take for no time at all. */
const LONGEST = 2 ** 31 - 1;

/** Waits, but not for what was called off. @param {number} milliseconds @param {AbortSignal | undefined} signal */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve(undefined);
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve(undefined);
    };
    const timer = setTimeout(done, Math.min(milliseconds, LONGEST));
    signal?.addEventListener("abort", done, { once: true });
  });
}

/**
 * What somebody else works on, who may never have heard of the signal: rejects when it is called off.
 *
 * @template T
 * @param {T | Promise<T>} work
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<T>}
 */
export async function unlessAborted(work, signal) {
  if (signal === undefined) return work;
  /** @type {() => void} */
  let stop = () => {};
  const stopped = new Promise((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await /** @type {Promise<T>} */ (Promise.race([work, stopped]));
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/**
 * Whether a request could have gone there. What is no address fails before anything is sent.
 *
 * @param {string} url
 * @param {any} cause why it failed
 */
export function isAddress(url, cause) {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  try {
    return new URL(url, base) !== undefined;
  } catch {
    if (base !== undefined) return false;
  }
  // Without a page, whoever fetches knows what an address stands beside; what is thrown may be anything.
  try {
    return cause?.cause?.code !== "ERR_INVALID_URL";
  } catch {
    return true;
  }
}
