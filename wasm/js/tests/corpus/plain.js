/** Small readings of requests, documents and verdicts, in plain JavaScript. */

import { statuses } from "./policy.js";

/** What a verdict decides. Of several checks with one outcome it names the first, as far as it knows. @param {any} verdict */
export function decided({ check, ...verdict }) {
  return verdict;
}

/**
 * Whether an outcome can be read as another: one may have the text of the other, if both mean the same.
 *
 * @param {any} policy
 * @param {string} one
 * @param {string} other
 */
export function means({ outcomes }, one, other) {
  const [first, second] = [outcomes[one], outcomes[other]];
  return second !== undefined && first.is === second.is && first.retry === second.retry;
}

/** @param {any} openapi @param {string} id @returns {[string, string]} */
export function operation(openapi, id) {
  for (const [path, methods] of Object.entries(openapi.paths)) {
    for (const [method, { operationId }] of Object.entries(/** @type {Record<string, any>} */ (methods))) {
      if (operationId === id) return [path, method.toUpperCase()];
    }
  }
  throw new Error(`no operation is called ${id}`);
}

/** @param {string} template @param {string} path @returns {Record<string, string> | undefined} */
export function pathValues(template, path) {
  const [wanted, given] = [template.split("/"), path.split("/")];
  if (wanted.length !== given.length) return undefined;
  /** @type {Record<string, string>} */
  const values = {};
  for (const [index, part] of wanted.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== given[index]) return undefined;
    if (name !== undefined && given[index] === "") return undefined;
    if (name !== undefined) values[name] = given[index];
  }
  return values;
}

/**
 * The token in a request's own headers; the empty text where it is of no kind that counts; `undefined` without such headers.
 *
 * @param {any} policy
 * @param {Record<string, string>} headers
 */
export function credentials(policy, headers) {
  const own = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (!own.has("authorization") && !own.has("x-auth-token")) return undefined;
  for (const { kind, header, scheme } of policy.credentials) {
    const value = kind === "token" ? own.get(header.toLowerCase()) : undefined;
    if (value === undefined) continue;
    if (scheme === undefined) return value;
    const [given, token, ...more] = value.split(" ");
    if (given.toLowerCase() === scheme.toLowerCase() && token !== undefined && more.length === 0) return token;
  }
  return "";
}

/** @param {any} policy */
export function violationStatuses(policy) {
  return statuses(policy, { check: "valid", answers: [] });
}

/** @param {Uint8Array} bytes */
export function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** @param {string} part */
export function decodedPart(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** @param {string | undefined} text */
export function parsedJson(text) {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/** @param {Record<string, any>} summary */
export function sum({ deleted, accepted, notFound, failed, notSent, unknown }) {
  return deleted + accepted + notFound + failed + notSent + unknown;
}

/** @param {any[]} ids */
export function sorted(ids) {
  return ids.map(String).sort();
}

/** @param {unknown} value */
export function shown(value) {
  const text = JSON.stringify(value, (_, each) => (typeof each === "bigint" ? `${each}n` : each));
  return text === undefined ? "undefined" : text;
}
