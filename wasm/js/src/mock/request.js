/** Requests and answers: from those of the fetch standard to the mock's, and back. */

import { isWellFormed } from "../boundary.js";
import { isPieced, stream } from "./deliver.js";

const NO_BODY = new Uint8Array(0);
/** Answers with these have no body, not even an empty one. */
const BODILESS = [204, 205, 304];

/** The path and query of a request as they are sent. @param {URL} url @returns {{ path: string, query: string | null }} */
export function target(url) {
  const { pathname: path, search } = url;
  if (search !== "") return { path, query: search.slice(1) };
  // An empty query is there or not, which `search` does not tell.
  const [whole] = url.href.split("#", 1);
  return { path, query: whole.endsWith("?") ? "" : null };
}

/**
 * @param {Request} request
 * @param {URL} url
 * @returns {Promise<import("./host.js").Parts>}
 */
export async function parts(request, url) {
  return { method: request.method, ...target(url), headers: headersOf(request.headers, url.host), body: await sent(request) };
}

/**
 * Headers as a request has them on its way. Their names are in lower case, which not every imitation of a page sees to.
 *
 * @param {Headers} given
 * @param {string} host
 */
function headersOf(given, host) {
  const headers = Array.from(given, ([name, value]) => /** @type {const} */ ([name.toLowerCase(), value]));
  // The platform adds it when it sends, and signatures are about it.
  if (!given.has("host")) headers.push(["host", host]);
  return headers;
}

/** Where a URL leads, in the parts that a request has of it. @typedef {ReturnType<typeof placed>} Place */

/** @param {URL} url */
export function placed(url) {
  return { url, ...target(url), host: url.host, hasLogin: url.username !== "" || url.password !== "" };
}

/** What may be said of a request that needs no `Request` to be understood. */
const PLAIN = ["method", "headers", "body", "signal", "redirect"];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * The parts of a request that is told plainly, without the detour of making a `Request` and reading it, which takes longer than
 * answering. `undefined` for any other.
 *
 * @param {Place} place
 * @param {RequestInit} init
 * @returns {import("./host.js").Parts | undefined}
 */
export function plain({ path, query, host, hasLogin }, init) {
  const { method = "GET", body } = init;
  const isText = typeof body === "string";
  const isPlain =
    METHODS.includes(method) &&
    Object.keys(init).every((name) => PLAIN.includes(name)) &&
    (body === undefined || (isText && method !== "GET" && method !== "HEAD" && isWellFormed(body))) &&
    !hasLogin;
  if (!isPlain) return undefined;
  const given = new Headers(init.headers);
  if (isText && !given.has("content-type")) given.set("content-type", "text/plain;charset=UTF-8");
  return { method, path, query, headers: headersOf(given, host), body: body ?? null };
}

/** @param {Request} request */
async function sent(request) {
  // Where a platform does not tell `body`, it is read to see.
  if (request.body === null) return NO_BODY;
  return new Uint8Array(await request.arrayBuffer());
}

/** Whether an answer may have a body. @param {import("./host.js").Answer} answer @param {string} method */
export function hasBody({ status }, method) {
  return method !== "HEAD" && !BODILESS.includes(status);
}

/** @param {import("./host.js").Answer} answer @param {string} method @param {AbortSignal} [signal] by which the client gives up */
export function response(answer, method, signal) {
  /** @type {HeadersInit} */
  let headers = /** @type {[string, string][]} */ (answer.headers);
  const pieced = isPieced(answer);
  if (method === "HEAD" || pieced) {
    headers = new Headers(headers);
    headers.set("content-length", String(answer.body.length));
  }
  const whole = /** @type {Uint8Array<ArrayBuffer>} */ (answer.body);
  const body = hasBody(answer, method) ? (pieced ? stream(answer, signal) : whole) : null;
  return new Response(body, { status: answer.status, headers });
}

/**
 * The request that follows on an answer, if it is a redirection, as the fetch standard has it.
 *
 * @param {import("./host.js").Answer} answer
 * @param {import("./host.js").Parts} asked
 * @param {URL} url
 */
export function redirected({ status, headers }, asked, url) {
  const location = headers.find(([name]) => name.toLowerCase() === "location")?.[1];
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  const next = new URL(location, url);
  const becomesGet = status === 303 ? !["GET", "HEAD"].includes(asked.method) : status < 303 && asked.method === "POST";
  const kept = [...asked.headers].filter(
    ([name]) => name !== "host" && !(becomesGet && name.startsWith("content-")) && !(next.origin !== url.origin && name === "authorization"),
  );
  const method = becomesGet ? "GET" : asked.method;
  const body = becomesGet ? NO_BODY : asked.body;
  return { url: next, asked: { method, ...target(next), headers: [...kept, /** @type {const} */ (["host", next.host])], body } };
}
