/**
 * Has the requests of this page answered by a mock, until it is stopped. The world stays in the page; a service worker in a scope
 * of its own catches the requests and asks.
 */

import { show } from "../facts.js";
import { isPieced, late, pieces } from "./deliver.js";
import { InterceptError } from "./errors.js";
import { Passing } from "./passing.js";
import { hasBody, target } from "./request.js";

/** As in `worker.js`. */
const PROTOCOL = 1;
const WORKER = "/bulk-delete-mock-worker.js";
/** How long the worker may take to answer, in milliseconds. A script that is no such worker never does. */
const PATIENCE = 10_000;
/** How long an answer may be on its way to the worker, in milliseconds. */
const ON_ITS_WAY = 2_000;

/** @type {import("./create.js").Intercept} */
export async function intercept(mock, options) {
  const passing = new Passing(mock, options);
  const container = globalThis.navigator?.serviceWorker;
  if (container === undefined) {
    throw new InterceptError("this page has no service workers: it must be a page (and no worker) from https, or from localhost");
  }
  const { worker = WORKER, scope = "./" } = options;
  const script = address("worker", worker);
  const place = address("scope", scope);
  if (!location.href.startsWith(place)) {
    throw new InterceptError(`scope: ${place} does not hold this page, ${location.href}, whose requests would not be seen`);
  }
  const registration = await register(container, script, place);
  container.startMessages();
  const relay = relayOf(mock, passing);
  container.addEventListener("message", relay);
  try {
    await begin(registration, script);
    await controlled(container, script);
  } catch (cause) {
    container.removeEventListener("message", relay);
    throw cause;
  }
  const stop = once(async () => {
    const active = registration.active;
    const { others } = active === null ? { others: 0 } : await ask(active, "end", script);
    container.removeEventListener("message", relay);
    if (others === 0) await registration.unregister();
  });
  const unseen = [
    ...passing.unseen,
    "pages and what they are made of: documents, scripts, styles, images",
    `frames and tabs that make no mock of their own, and pages outside ${place}`,
    "WebSockets, and what was sent before",
  ];
  return Object.freeze({ unseen: Object.freeze(unseen), stop, [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]: stop });
}

/** @param {string} name @param {unknown} value */
function address(name, value) {
  try {
    return new URL(/** @type {any} */ (value), location.href).href;
  } catch {
    throw new TypeError(`${name}: it must be a URL, and is ${show(value)}`);
  }
}

/**
 * @param {ServiceWorkerContainer} container
 * @param {string} script
 * @param {string} scope
 */
async function register(container, script, scope) {
  const others = [container.controller, ...workers(await registered(container, scope))];
  const other = others.find((worker) => worker != null && worker.scriptURL !== script);
  if (other != null) {
    throw new InterceptError(
      `${other.scriptURL} is the service worker of this page already, and is not replaced: give a scope that holds the page and ` +
        "is not its own, or unregister it",
    );
  }
  try {
    return await container.register(script, { scope, updateViaCache: "none" });
  } catch (cause) {
    throw new InterceptError(
      `the service worker ${script} cannot be registered for ${scope}: ${/** @type {Error} */ (cause).message}. The host must ` +
        "serve the file bulk-delete/mock/worker there, in the scope's folder or above it",
      cause,
    );
  }
}

/** What is registered for this very scope. @param {ServiceWorkerContainer} container @param {string} scope */
async function registered(container, scope) {
  const registration = await container.getRegistration(scope);
  return registration?.scope === scope ? registration : undefined;
}

/** @param {ServiceWorkerRegistration | undefined} registration */
function workers(registration) {
  return registration === undefined ? [] : [registration.installing, registration.waiting, registration.active];
}

/** @param {ServiceWorkerRegistration} registration @param {string} script */
async function begin(registration, script) {
  const worker = await activated(registration);
  const { protocol, taken } = await ask(worker, "begin", script);
  if (protocol !== PROTOCOL) {
    throw new InterceptError(`${script} is the worker of another version of bulk-delete: serve the one of this version`);
  }
  if (taken) throw new InterceptError("another mock answers the requests of this page: stop its interception first");
}

/** @param {ServiceWorkerRegistration} registration @returns {Promise<ServiceWorker>} */
function activated(registration) {
  const worker = /** @type {ServiceWorker} */ (registration.installing ?? registration.waiting ?? registration.active);
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === "activated") resolve(worker);
      else if (worker.state === "redundant") reject(new InterceptError(`the service worker ${worker.scriptURL} does not start`));
      else return;
      worker.removeEventListener("statechange", look);
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

/** Waits until requests of this page go through the worker. @param {ServiceWorkerContainer} container @param {string} script */
function controlled(container, script) {
  return within(
    new Promise((resolve) => {
      const look = () => {
        if (container.controller?.scriptURL !== script) return;
        container.removeEventListener("controllerchange", look);
        resolve(undefined);
      };
      container.addEventListener("controllerchange", look);
      look();
    }),
    `${script} does not take over this page`,
  );
}

/** @param {ServiceWorker} worker @param {"begin" | "end"} what @param {string} script @returns {Promise<any>} */
async function ask(worker, what, script) {
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  worker.postMessage({ bulkDeleteMock: what }, [port2]);
  const answer = await within(told, `${script} does not answer: is it the file bulk-delete/mock/worker?`);
  if (answer.error !== undefined) throw new InterceptError(`${script} failed: ${answer.error}`);
  return answer;
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {string} message
 * @returns {Promise<T>}
 */
function within(promise, message) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new InterceptError(message)), PATIENCE)));
  return /** @type {Promise<T>} */ (Promise.race([promise, late])).finally(() => clearTimeout(timer));
}

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
 * @param {Passing} passing
 * @returns {(event: MessageEvent) => void}
 */
function relayOf(mock, passing) {
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

/** @param {{ method: string, url: string }} request @param {Passing} passing */
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

/** @template T @param {() => Promise<T>} work @returns {() => Promise<T>} */
function once(work) {
  /** @type {Promise<T> | undefined} */
  let done;
  return () => (done ??= work());
}
