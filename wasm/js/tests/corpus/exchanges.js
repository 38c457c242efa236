/** Reads the cases of the corpus into exchanges: a request as it was sent, and the answer as it came. */

import { isInexact, readSource } from "../support/source.js";

/**
 * @typedef {object} Exchange
 * @property {number} advance by how many seconds the clock moves before it
 * @property {string | undefined} caller
 * @property {string[] | undefined} scopes
 * @property {{ method: string, path: string, query?: string, headers: Record<string, string>, bytes: Uint8Array, hasBody: boolean }} request
 * @property {{ status: number, headers: Record<string, string>, text: string | undefined }} response its text is left out where the case does not look at it
 * @property {{ status: number, headers: Record<string, string | null>, body: import("../support/source.js").Node | "none" | undefined }} expected as the case has it
 * @property {{ value: unknown } | undefined} value the body as JavaScript reads it, where it is JSON and nothing is lost
 * @property {(string | number | bigint)[] | undefined} deleted what was deleted since the case began
 * @property {any[] | undefined} report what a reader of the answer must conclude
 */

/**
 * @param {string} text of a case
 * @returns {{ contract: string | undefined, world: any, fault: boolean, exchanges: Exchange[] }}
 */
export function readCase(text) {
  const whole = readSource(text);
  const { contract, world, fault } = whole.value;
  const steps = [whole, ...(whole.members?.get("then")?.elements ?? [])];
  return { contract, world, fault: fault !== undefined, exchanges: steps.map(readExchange) };
}

/** @param {import("../support/source.js").Node} step @returns {Exchange} */
function readExchange(step) {
  const { value } = step;
  const request = /** @type {import("../support/source.js").Node} */ (step.members?.get("request"));
  const { method, path, query, headers = {}, text, base64 } = request.value;
  const body = request.members?.get("body");
  const response = /** @type {import("../support/source.js").Node} */ (step.members?.get("response"));
  const content = body?.text ?? text ?? "";
  return {
    advance: value["advance-seconds"] ?? 0,
    caller: value.caller,
    scopes: value.scopes,
    request: { method, path, query, headers, bytes: base64 === undefined ? new TextEncoder().encode(content) : fromBase64(base64), hasBody: (body ?? text ?? base64) !== undefined },
    response: readResponse(response),
    expected: expected(response),
    value: body === undefined ? valueOf(text) : exact(body.value),
    deleted: value.changes?.deleted,
    report: value.report?.items,
  };
}

/** @param {unknown} value */
function exact(value) {
  return isInexact(value) ? undefined : { value };
}

/** The value that a body's text is, if it is JSON. @param {string | undefined} text */
function valueOf(text) {
  try {
    JSON.parse(text ?? "");
    return exact(readSource(text ?? "").value);
  } catch {
    return undefined;
  }
}

/** @param {import("../support/source.js").Node} response @returns {Exchange["response"]} */
function readResponse({ value, members }) {
  const body = members?.get("body");
  const headers = Object.entries(value.headers ?? {}).filter(([, text]) => text !== null);
  const text = value["no-body"] === true ? "" : body === undefined ? undefined : filled(body.text);
  return { status: value.status, headers: Object.fromEntries(headers), text };
}

/** @param {import("../support/source.js").Node} response @returns {Exchange["expected"]} */
function expected({ value, members }) {
  return { status: value.status, headers: value.headers ?? {}, body: value["no-body"] === true ? "none" : members?.get("body") };
}

/** What stands for something the server makes is replaced by something of that shape, each by another. @param {string} json */
function filled(json) {
  let made = 0;
  return json.replace(/"\{(now|request\.id|operation-id|token|number|any)\}"/g, (_, shape) => {
    made += 1;
    if (shape === "number") return String(made);
    if (shape === "now") return '"2026-11-21T22:03:00.000Z"';
    return shape === "any" ? '"anything"' : `"00000000-0000-4000-8000-${String(made).padStart(12, "0")}"`;
  });
}

/** @param {string} base64 */
function fromBase64(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
