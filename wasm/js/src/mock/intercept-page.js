/**
 * Has the requests of this page answered by a mock, until it is stopped. The world stays in the page; a service worker in a scope
 * of its own catches the requests and asks.
 */

import { show } from "../errors.js";
import { InterceptError } from "./errors.js";
import { Passing } from "./passing.js";
import { relayOf } from "./relay.js";

/** As in `worker.js`. */
const PROTOCOL = 1;
const WORKER = "/bulk-delete-mock-worker.js";
/** Where the worker keeps which pages have a mock. */
const CACHE = "bulk-delete-mock";
/** The same, for as long as a mock answers: WebKit forgets a cache of a private window once nobody has it, and workers come and go. @type {Set<Cache>} */
const held = new Set();
/** How long the worker may take to answer, in milliseconds. A script that is no such worker never does. */
const PATIENCE = 10_000;

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
  const cache = await caches.open(CACHE);
  held.add(cache);
  const relay = relayOf(mock, passing);
  container.addEventListener("message", relay);
  const leave = () => {
    container.removeEventListener("message", relay);
    held.delete(cache);
  };
  try {
    await begin(registration, script);
    await controlled(container, script);
  } catch (cause) {
    leave();
    throw cause;
  }
  const stop = once(async () => {
    const { others } = registration.active === null ? { others: 0 } : await ask(registration, "end", script);
    leave();
    if (others === 0) await registration.unregister();
  });
  const unseen = [
    ...passing.unseen,
    "pages and what they are made of: documents, scripts, styles, images",
    `frames and tabs that make no mock of their own, and pages outside ${place}`,
    "WebSockets, synchronous requests in Safari, and what was sent before",
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
  const { protocol, taken } = await ask(registration, "begin", script);
  if (protocol !== PROTOCOL) {
    throw new InterceptError(`${script} is the worker of another version of bulk-delete: serve the one of this version`);
  }
  if (taken) throw new InterceptError("another mock answers the requests of this page: stop its interception first");
}

/**
 * The worker that requests go to: the active one, also while a newer one waits for it to end its work. Browsers may let that wait
 * for minutes, and the world is in the page, so that it does not matter which of the two asks.
 *
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<ServiceWorker>}
 */
function activated(registration) {
  const worker = /** @type {ServiceWorker} */ (registration.active ?? registration.waiting ?? registration.installing);
  return new Promise((resolve, reject) => {
    const look = () => {
      // WebKit never tells the end of it to pages that were there before the worker was.
      if (worker.state === "activated" || worker.state === "activating") resolve(worker);
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

/** @param {ServiceWorkerRegistration} registration @param {"begin" | "end"} what @param {string} script @returns {Promise<any>} */
async function ask(registration, what, script) {
  const answer = await within(askOf(registration, what), `${script} does not answer: is it the file bulk-delete/mock/worker?`);
  if (answer.error !== undefined) throw new InterceptError(`${script} failed: ${answer.error}`);
  return answer;
}

/**
 * Asks the worker that requests go to, and its successor where it is replaced before it has answered.
 *
 * @param {ServiceWorkerRegistration} registration
 * @param {"begin" | "end"} what
 * @returns {Promise<any>}
 */
async function askOf(registration, what) {
  const worker = await activated(registration);
  const { port1, port2 } = new MessageChannel();
  /** @type {Promise<any>} */
  const told = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  const replaced = new Promise((resolve) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "redundant") resolve(undefined);
    });
  });
  worker.postMessage({ bulkDeleteMock: what }, [port2]);
  const answer = await Promise.race([told, replaced]);
  // Its answer may have been lost on the way, and then this page is taken by nobody but itself.
  return answer ?? { ...(await askOf(registration, what)), taken: false };
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

/** @template T @param {() => Promise<T>} work @returns {() => Promise<T>} */
function once(work) {
  /** @type {Promise<T> | undefined} */
  let done;
  return () => (done ??= work());
}
