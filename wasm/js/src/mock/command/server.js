/** The mock behind Node's HTTP/1.1: bytes in, bytes out, within bounds of size and time. */

import { createServer } from "node:http";
import { isPieced, late, pieces } from "../deliver.js";
import { ARRIVED, TIMED_OUT, TOO_LARGE } from "../host.js";
import { isLoopback, isLoopbackPage } from "./hosts.js";

/** Bounds that are the binary's, too. */
const CONTROL_BODY = 1 << 30;
const HEADER_BYTES = 1 << 20;
const HEADERS = 100;
const IDLE = 60_000;
const BEFORE_CUT = 20;
/** How long what has begun may take when the server ends, and how often it is looked at, in milliseconds. */
const [PATIENCE, LOOK] = [5_000, 20];
/** The beginning of a URL up to its path: to a proxy the whole URL is said. */
const WHOLE = /^[a-z][a-z0-9+.-]*:\/\/([^/?]*)/i;
/** Misdirected: whom it is for is no longer there. */
const ENDED = 421;
/** Where a session gets an address. */
const SESSIONS = "/__mock/sessions";

/** @typedef {{ maxBody: number, bodyTimeout: number, onlyLoopback: boolean }} Limits */

/**
 * What is behind the server.
 *
 * @typedef {object} Behind
 * @property {import("../host.js").Host} host
 * @property {Limits} limits
 * @property {(request: import("node:http").IncomingMessage, path: string) => import("../host.js").Answer | undefined} page
 * @property {import("./addresses.js").Addresses | undefined} addresses once there is something to listen at
 */

/** @param {Behind} behind @param {() => import("./addresses.js").Whose | undefined} [whose] address it is, where it is a session's */
export function server(behind, whose = () => undefined) {
  /** @type {import("node:http").RequestListener} */
  const answered = (request, response) => void answer(behind, whose(), request, response);
  // Without `Host`, as with any other that is not taken, it is refused below, in words.
  const options = { maxHeaderSize: HEADER_BYTES, keepAliveTimeout: IDLE, headersTimeout: IDLE, requestTimeout: 0, requireHostHeader: false };
  const made = createServer(options, answered);
  // Node would refuse what it cannot fulfil of `Expect`, and nobody would be told of it.
  made.on("checkExpectation", answered);
  // Node would leave out what is beyond, instead of telling.
  made.maxHeadersCount = 0;
  return made;
}

/**
 * Ends a server: nothing new comes in, and what has begun is answered, or broken off when it takes too long.
 *
 * @param {import("node:http").Server} made
 * @returns {Promise<void>}
 */
export function closed(made) {
  return new Promise((resolve) => {
    // A connection is idle as soon as its answer is told, and would be kept for the next request.
    const looking = setInterval(() => made.closeIdleConnections(), LOOK);
    const late = setTimeout(() => made.closeAllConnections(), PATIENCE);
    made.close(() => {
      clearInterval(looking);
      clearTimeout(late);
      resolve();
    });
    made.closeIdleConnections();
  });
}

/**
 * @param {Behind} behind
 * @param {import("./addresses.js").Whose | undefined} whose address it came to
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function answer({ host, limits, page, addresses }, whose, request, response) {
  const [path, query] = target(request.url ?? "/");
  const isControl = path === "/__mock" || path.startsWith("/__mock/");
  const refused = refusal(request, limits, isControl);
  if (refused !== undefined) return send(response, refused, request);
  // Contracts come first: one may have a path that the page has, too.
  const shown = page(request, path);
  if (shown !== undefined && !host.serves(request.method ?? "GET", path)) return send(response, shown, request);
  const { arrived, body } = await read(request, isControl ? CONTROL_BODY : limits.maxBody, limits.bodyTimeout);
  if (arrived === undefined) return;
  // It may have ended while the body came.
  if (whose?.ended) return send(response, ended(whose), request);
  const headers = pairs(request.rawHeaders);
  if (request.method === "POST" && path === SESSIONS) await addresses?.ready();
  try {
    const told = host.answer({ method: request.method ?? "GET", path, query, headers, body }, Date.now(), arrived, whose?.session);
    addresses?.notice();
    if (told.delivery !== undefined) await deliver(response, told, request);
    else if (arrived === TOO_LARGE) sendBeforeTheEnd(response, told, request, limits.bodyTimeout);
    else send(response, told, request);
  } catch (cause) {
    console.error(cause);
    send(response, said(500, "the mock itself failed: this is a defect of it"), request);
    // What it remembered is gone with its memory: a server that went on would answer wrongly.
    process.exitCode = 2;
    process.kill(process.pid, "SIGTERM");
  }
}

/**
 * Sends an answer as a fault wants it.
 *
 * @param {import("node:http").ServerResponse} response
 * @param {import("../host.js").Answer} answer
 * @param {import("node:http").IncomingMessage} request
 */
async function deliver(response, answer, request) {
  await late(answer);
  if (answer.delivery?.sending === "dropped") return void response.destroy();
  if (!isPieced(answer) || request.method === "HEAD") return send(response, answer, request);
  response.writeHead(answer.status, lines(answer, request));
  response.flushHeaders();
  try {
    for await (const piece of pieces(answer)) response.write(piece);
    response.end();
  } catch {
    // What was sent before gets through.
    await new Promise((resolve) => setTimeout(resolve, BEFORE_CUT));
    response.destroy();
  }
}

/**
 * Refuses what comes to the address of a session that has ended, over a connection from before: it would begin one of that name
 * anew, unseen.
 *
 * @param {import("./addresses.js").Whose} whose
 */
function ended(whose) {
  return said(ENDED, `the session \`${whose.session}\` has ended, and this was its port: make one with POST /__mock/sessions`);
}

/** @param {import("node:http").IncomingMessage} request @param {Limits} limits @param {boolean} isControl */
function refusal({ rawHeaders, httpVersion, url = "" }, { onlyLoopback }, isControl) {
  if (rawHeaders.length > 2 * HEADERS) return said(431, "the request has more headers than this server takes");
  const headers = pairs(rawHeaders);
  const values = (/** @type {string} */ wanted) => headers.filter(([name]) => name === wanted).map(([, value]) => value);
  const hosts = values("host");
  if (httpVersion === "1.1" && hosts.length !== 1) return said(400, "a request in HTTP/1.1 must have one Host header");
  if (!onlyLoopback) return undefined;
  const [, authority = "localhost"] = WHOLE.exec(url) ?? [];
  if (![...hosts, authority].every(isLoopback)) {
    return said(
      403,
      "this mock listens on loopback and answers only to localhost, names that end in .localhost, and " +
        "loopback addresses: start it with --host 0.0.0.0 to have it answer to others",
    );
  }
  // A page of the web may call the APIs, as it would the real ones. What it must not do is look into worlds and change them.
  if (!isControl || values("origin").every(isLoopbackPage)) return undefined;
  return said(
    403,
    "this mock listens on loopback, and only pages of localhost, of names that end in .localhost, and of " +
      "loopback addresses may use what is under /__mock/: start it with --host 0.0.0.0 to let others",
  );
}

/** The path and the query as they were sent. @param {string} url @returns {[string, string | null]} */
function target(url) {
  const rest = url.replace(WHOLE, "");
  const at = rest.indexOf("?");
  return at < 0 ? [rest || "/", null] : [rest.slice(0, at) || "/", rest.slice(at + 1)];
}

/** @param {string[]} raw @returns {[string, string][]} */
function pairs(raw) {
  /** @type {[string, string][]} */
  const found = [];
  for (let at = 0; at + 1 < raw.length; at += 2) found.push([raw[at].toLowerCase(), raw[at + 1]]);
  return found;
}

/**
 * Reads a body within bounds. `arrived` is left out where the peer has broken it off: nobody is there to be answered.
 *
 * @param {import("node:http").IncomingMessage} request
 * @param {number} limit
 * @param {number} time in milliseconds
 * @returns {Promise<{ arrived: number | undefined, body: Uint8Array }>}
 */
function read(request, limit, time) {
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    let parts = [];
    let length = 0;
    const timer = setTimeout(() => end(TIMED_OUT), time);
    const end = (/** @type {number | undefined} */ arrived) => {
      clearTimeout(timer);
      const body = arrived !== ARRIVED ? new Uint8Array(0) : parts.length === 1 ? parts[0] : Buffer.concat(parts);
      parts = [];
      resolve({ arrived, body });
    };
    request.on("data", (part) => {
      length += part.length;
      // The rest is read and thrown away, so that a peer who writes all before it reads gets to see its answer.
      if (length > limit) end(TOO_LARGE);
      else parts.push(part);
    });
    request.on("end", () => end(ARRIVED));
    request.on("error", () => end(undefined));
    request.on("close", () => end(undefined));
  });
}

/** @param {number} status @param {string} message @returns {import("../host.js").Answer} */
function said(status, message) {
  const body = new TextEncoder().encode(JSON.stringify({ error: { message } }));
  return { status, headers: [["content-type", "application/json"]], body };
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {import("../host.js").Answer} answer
 * @param {import("node:http").IncomingMessage} request
 */
function send(response, answer, request) {
  response.writeHead(answer.status, lines(answer, request));
  response.end(request.method === "HEAD" ? undefined : answer.body);
}

/**
 * Sends an answer while the body is still on its way. The connection is left open until all of it has come, or its time is over: a peer
 * that writes all before it reads would otherwise meet a closed one, and not see the answer.
 *
 * @param {import("node:http").ServerResponse} response
 * @param {import("../host.js").Answer} answer
 * @param {import("node:http").IncomingMessage} request
 * @param {number} time in milliseconds
 */
function sendBeforeTheEnd(response, answer, request, time) {
  if (request.complete) return send(response, answer, request);
  response.writeHead(answer.status, lines(answer, request));
  response.write(answer.body);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, time);
  request.once("end", end).once("close", end);
}

/** @param {import("../host.js").Answer} answer @param {import("node:http").IncomingMessage} request */
function lines({ status, headers, body }, { complete, httpVersion, headers: asked }) {
  const all = headers.flat();
  if (status !== 204 && status !== 304) all.push("content-length", String(body.length));
  // A connection on which there is still a body is not used again. It is said here, as Node would say more than the binary does.
  const goesOn = complete && status !== ENDED && httpVersion === "1.1" && !/\bclose\b/i.test(asked.connection ?? "");
  all.push("connection", goesOn ? "keep-alive" : "close");
  return all;
}
