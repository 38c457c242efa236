/** Answers in a page what its service worker asks: whether the mock takes a request, and what it answers. */

import { isPieced, late, pieces } from "./deliver.js";
import { hasBody, target } from "./request.js";

/** How long an answer may be on its way to the worker, in milliseconds. */
const ON_ITS_WAY = 2_000;

/**
 * An answer that may not have arrived.
 *
 * @typedef {object} Pending
 * @property {string} life of the worker that carries it
 * @property {string} head of the request
 * @property {Uint8Array} body of the request
 * @property {import("./host.js").Answer | { error: string }} told
 * @property {ReturnType<typeof setTimeout> | undefined} timer
 */

/**
 * Answers what the worker asks: first whether the mock takes a request at all, so that others are not read. A browser that has
 * ended the worker in the middle of a request may start it again with the same request: that is answered as it was the first
 * time, and nothing is done twice.
 *
 * @param {import("./mock.js").Mock} mock
 * @param {import("./passing.js").Passing} passing
 * @returns {(event: MessageEvent) => void}
 */
export function relayOf(mock, passing) {
  /** @type {Set<Pending>} */
  const pending = new Set();
  /** @param {any} data @param {string} head @param {Uint8Array} body */
  const told = ({ life, method, url }, head, body) => {
    for (const before of pending) {
      if (before.life !== life && before.head === head && same(before.body, body)) {
        settle(before);
        return before.told;
      }
    }
    return answered(mock, method, url, head, body);
  };
  /** @param {Pending} one */
  const settle = (one) => {
    clearTimeout(one.timer);
    pending.delete(one);
  };
  return ({ data, ports: [port] }) => {
    if (data?.bulkDeleteMock !== "request" || port === undefined) return;
    const verdict = taken(data, passing);
    port.onmessage = ({ data: { headers, body: sent } }) => {
      const body = new Uint8Array(sent);
      const head = JSON.stringify([data.method, data.url, headers]);
      /** @type {Pending} */
      const one = { life: data.life, head, body, told: told(data, head, body), timer: undefined };
      pending.add(one);
      port.onmessage = () => settle(one);
      void send(one.told, data.method, port).then(() => {
        if (!pending.has(one)) return;
        one.timer = setTimeout(() => {
          pending.delete(one);
          console.warn(
            `bulk-delete: the answer to ${data.method} ${data.url} did not arrive: the browser has ended the service worker. The mock has ` +
              "carried the request out; what sent it sees a network error",
          );
        }, ON_ITS_WAY);
      });
    };
    port.postMessage(verdict);
  };
}

/** @param {{ method: string, url: string }} request @param {import("./passing.js").Passing} passing */
function taken(request, passing) {
  try {
    if (passing.takes(request)) return { take: true };
    passing.unhandled(request);
    return { pass: true };
  } catch (cause) {
    console.error(`bulk-delete: ${/** @type {Error} */ (cause).message}`);
    return { refuse: true };
  }
}

/**
 * @param {import("./mock.js").Mock} mock
 * @param {string} method
 * @param {string} url
 * @param {string} head
 * @param {Uint8Array} body
 */
function answered(mock, method, url, head, body) {
  try {
    const at = new URL(url);
    const [, , headers] = JSON.parse(head);
    return mock.answerParts({ method, ...target(at), headers: [...headers, ["host", at.host]], body });
  } catch (cause) {
    return { error: /** @type {Error} */ (cause).message };
  }
}

/**
 * Sends the worker an answer, as a fault wants it.
 *
 * @param {import("./host.js").Answer | { error: string }} answer
 * @param {string} method
 * @param {MessagePort} port
 */
async function send(answer, method, port) {
  if ("error" in answer) return port.postMessage(answer);
  await late(answer);
  if (answer.delivery?.sending === "dropped") return port.postMessage({ dropped: true });
  const { status, headers } = answer;
  if (!hasBody(answer, method)) return port.postMessage({ status, headers, body: null });
  if (!isPieced(answer)) return port.postMessage({ status, headers, body: answer.body });
  port.postMessage({ status, headers: [...headers, ["content-length", String(answer.body.length)]], pieces: true });
  try {
    for await (const piece of pieces(answer)) port.postMessage({ piece });
    port.postMessage({ end: true });
  } catch {
    port.postMessage({ broken: true });
  }
}

/** @param {Uint8Array} one @param {Uint8Array} other */
function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
