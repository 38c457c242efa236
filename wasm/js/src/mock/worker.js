/**
 * The service worker of `mock.intercept()`: a classic script without imports, so that every browser takes it wherever it is
 * hosted. It asks the page whose request it is, and has no world of its own: browsers end workers whenever they like, and
 * then nothing is lost but the request in flight. Which pages have a mock is kept in a cache, which outlives it.
 */

(() => {
  "use strict";
  /** What is said between page and worker. The page refuses a worker that says another. */
  const PROTOCOL = 1;
  const CACHE = "bulk-delete-mock";
  /** Where the cache keeps pages, by their ids. No request goes there. */
  const ENTRY = new URL("/.bulk-delete-mock/clients/", self.location.origin).href;
  const worker = /** @type {any} */ (self);
  /** Another each time that the browser starts the worker. */
  const life = crypto.randomUUID();

  /** Whether pages have a mock, as far as it is known since the worker runs. @type {Map<string, boolean>} */
  const known = new Map();
  /** What was said before. One thing after the other, so that of two mocks that begin for a page the second is refused. */
  let turn = Promise.resolve();

  worker.addEventListener("install", () => worker.skipWaiting());
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));

  worker.addEventListener("message", (/** @type {any} */ event) => {
    const { data, source, ports } = event;
    if (data?.bulkDeleteMock === undefined || source?.id === undefined) return;
    const [port] = ports;
    turn = turn
      .then(() => said(data.bulkDeleteMock, source.id))
      .then(
        (answer) => port.postMessage({ protocol: PROTOCOL, ...answer }),
        (cause) => port.postMessage({ protocol: PROTOCOL, error: String(cause) }),
      );
    event.waitUntil(turn);
  });

  /** @param {string} what @param {string} page */
  async function said(what, page) {
    const cache = await caches.open(CACHE);
    if (what === "begin") {
      if (await has(page)) return { taken: true };
      await worker.clients.claim();
      await cache.put(ENTRY + page, new Response());
      known.set(page, true);
      return {};
    }
    await cache.delete(ENTRY + page);
    known.set(page, false);
    return { others: (await pages()).length };
  }

  /** Whether this page has a mock. @param {string} page */
  async function has(page) {
    const told = known.get(page);
    if (told !== undefined) return told;
    const found = (await (await caches.open(CACHE)).match(ENTRY + page)) !== undefined;
    known.set(page, found);
    return found;
  }

  /** The pages that have a mock and are still there. */
  async function pages() {
    const cache = await caches.open(CACHE);
    const there = await Promise.all(
      (await cache.keys()).map(async (/** @type {Request} */ entry) => {
        const page = await worker.clients.get(entry.url.slice(ENTRY.length));
        if (page === undefined) await cache.delete(entry);
        return page;
      }),
    );
    return there.filter((page) => page !== undefined);
  }

  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const { request } = event;
    // Pages, and what they are made of, are the host's.
    if (request.mode === "navigate" || request.destination !== "") return;
    // A cache of the browser's own, which nobody else may fill.
    if (request.cache === "only-if-cached" && request.mode !== "same-origin") return;
    event.respondWith(respond(event));
  });

  /** @param {any} event */
  async function respond({ request, clientId }) {
    const page = await pageOf(clientId);
    if (page === undefined) return fetch(request);
    if (typeof page === "string") return refusal(page);
    const { port1, port2 } = new MessageChannel();
    const asked = next(port1);
    page.postMessage({ bulkDeleteMock: "request", protocol: PROTOCOL, life, method: request.method, url: request.url }, [port2]);
    let answer = await asked;
    if (answer.pass) return fetch(request);
    if (answer.refuse !== undefined) return Response.error();
    const body = await request.arrayBuffer();
    const answered = next(port1);
    port1.postMessage({ headers: [...request.headers], body }, [body]);
    answer = await answered;
    if (answer.pieces) answer.stream = streamOf(port1);
    // Now the page knows that nothing was lost on the way.
    port1.postMessage({ arrived: true });
    if (answer.error !== undefined) return refusal(answer.error);
    if (answer.dropped) return Response.error();
    const { status, headers, body: content } = answer;
    return new Response(answer.stream ?? content, { status, headers });
  }

  /** A body that comes in pieces, or breaks off. @param {MessagePort} port */
  function streamOf(port) {
    return new ReadableStream({
      start(controller) {
        port.onmessage = ({ data }) => {
          if (data.piece !== undefined) controller.enqueue(data.piece);
          else if (data.end) controller.close();
          else controller.error(new TypeError("the connection was ended in the middle of the body"));
        };
      },
    });
  }

  /** The page that answers for a client: itself, or of a page's worker the page. @param {string} id */
  async function pageOf(id) {
    if (await has(id)) return worker.clients.get(id);
    const client = id === "" ? undefined : await worker.clients.get(id);
    if (client === undefined || client.type === "window") return undefined;
    const all = await pages();
    return all.length > 1 ? `a worker has sent this request, and ${all.length} pages have a mock: which of them is meant?` : all[0];
  }

  /** @param {MessagePort} port @returns {Promise<any>} */
  function next(port) {
    return new Promise((resolve) => {
      port.onmessage = ({ data }) => resolve(data);
    });
  }

  /** @param {string} message */
  function refusal(message) {
    return new Response(JSON.stringify({ error: { message } }), { status: 502, headers: { "content-type": "application/json" } });
  }
})();
