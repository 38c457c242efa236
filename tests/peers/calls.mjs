/** The call that all are tried with: CodeArts' bulk delete, three of its applications, and who may delete them. */

import assert from "node:assert/strict";
import { APPLICATIONS } from "./applications.mjs";

export { APPLICATIONS };

export const PATH = "/v2/applications/batch-delete";
const PROJECT = "0a38ce9ba3c740c199a0f872b6163661";

export const [FIRST, SECOND, DANS] = /** @type {[string, string, string]} */ (Object.keys(APPLICATIONS));
export const UNKNOWN = "0".repeat(32);

/**
 * @typedef {{ status: number, headers: Record<string, string>, text: string }} Answer
 * @typedef {{ method?: string, path?: string, token?: string, headers?: Record<string, string>, body?: unknown }} Call
 * @typedef {(call: Call) => Promise<Answer>} Ask as many as there are ways to send a request
 */

/** The bulk delete of these ids. @param {string[]} ids @param {Record<string, string>} [headers] @returns {Call} */
export function deletion(ids, headers = {}) {
  return { method: "POST", path: PATH, token: "ada-token", headers, body: { project_id: PROJECT, application_ids: ids } };
}

/** What is sent, for `fetch`. @param {string} base @param {Call} call */
export function sent(base, { method = "GET", path = "/", token, headers = {}, body }) {
  const all = {
    ...(token === undefined ? {} : { "X-Auth-Token": token }),
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    ...headers,
  };
  return { url: base + path, init: { method, headers: all, body: body === undefined ? undefined : JSON.stringify(body) } };
}

/** Asks a server. @param {string} base @returns {Ask} */
export function asking(base) {
  return async (call) => {
    const { url, init } = sent(base, call);
    const answer = await fetch(url, init);
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
  };
}

/** Holds an answer against what must become of each id: `success` or `error`. @param {Answer} answer @param {Record<string, string>} expected */
export function told(answer, expected) {
  assert.equal(answer.status, 200, answer.text);
  /** @type {{ application_id: string, status: string }[]} */
  const result = JSON.parse(answer.text).result;
  assert.deepEqual(Object.fromEntries(result.map((item) => [item.application_id, item.status])), expected);
}
