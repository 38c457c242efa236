/**
 * A `fetch` in front of a mock that goes wrong as it is drawn by lot: before the mock has seen the request, while it is carried out,
 * and on the way back. It keeps what reached the mock, so that a report can be held against it.
 */

import { write } from "../../src/json.js";
import { oneOf } from "./lot.js";
import { readSource } from "./source.js";

/** @typedef {import("./lot.js").Lot} Lot */
/** @typedef {{ url: string, init: any, ids: readonly unknown[], aside: Aside }} Asked */
/**
 * What happens beside the request.
 *
 * @typedef {object} Aside
 * @property {boolean} isLater whether what is accepted is deleted later, if at all
 * @property {() => void} abort calls off what is being sent
 * @property {() => Promise<void>} meddle somebody else deletes something
 * @property {() => void} expire time goes by, until no token is good any more
 * @property {readonly unknown[]} strange answers of other contracts
 */

const HTML = "<!doctype html><html><head><title>503</title></head><body><h1>Bad gateway</h1></body></html>";
const page = (/** @type {number} */ status, headers = {}) => new Response(HTML, { status, headers: { "content-type": "text/html", ...headers } });
const lost = () => new TypeError("fetch failed");
/** What servers say of when to come back: at once, or too late to wait for. */
const LATER = ["0", "Thu, 01 Jan 2026 00:00:00 GMT", "86400", "Fri, 31 Dec 2999 23:59:59 GMT"];

/**
 * What goes wrong, by name. `send` brings the request to the mock.
 *
 * @type {Record<string, (asked: Asked, send: (more?: Record<string, string>) => Promise<Response>, lot: Lot) => Promise<Response>>}
 */
export const MISHAPS = {
  "nothing": (asked, send) => send(),
  "lost before": () => Promise.reject(lost()),
  "lost after": async (asked, send) => {
    await send();
    throw lost();
  },
  "broken off": async (asked, send, lot) => {
    const answer = await send();
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const some = bytes.subarray(0, lot(bytes.length + 1));
    const pull = (/** @type {ReadableByteStreamController | ReadableStreamDefaultController} */ controller) => controller.error(lost());
    const start = (/** @type {ReadableStreamDefaultController} */ controller) => controller.enqueue(some);
    return new Response(new ReadableStream({ start, pull }), { status: answer.status, headers: answer.headers });
  },
  "cut short": async (asked, send, lot) => {
    const answer = await send();
    const text = await answer.text();
    return new Response(text.slice(0, lot(text.length)), { status: answer.status, headers: answer.headers });
  },
  "too many": (asked, send, lot) => send({ Prefer: "code=429" }).then((answer) => {
    const headers = new Headers(answer.headers);
    if (lot(2) === 0) headers.delete("retry-after");
    else headers.set("retry-after", oneOf(lot, LATER));
    return new Response(answer.body, { status: 429, headers });
  }),
  "fails in its own words": (asked, send, lot) => send({ Prefer: `code=${oneOf(lot, [500, 502, 503])}` }),
  "a gateway fails before": async (asked, send, lot) => page(oneOf(lot, [500, 502, 503, 504]), lot(2) === 0 ? { "retry-after": oneOf(lot, LATER) } : {}),
  "a gateway fails after": async (asked, send, lot) => {
    await send();
    return page(oneOf(lot, [500, 502, 503, 504]));
  },
  "a page instead": async () => page(200),
  "a page after": async (asked, send) => {
    await send();
    return page(200);
  },
  "another's answer": async ({ aside }, send, lot) => {
    if (lot(2) === 0) await send();
    return Response.json(oneOf(lot, aside.strange));
  },
  "no body": async (asked, send) => {
    const { status } = await send();
    return new Response("", { status });
  },
  "parts missing": async (asked, send, lot) => {
    const answer = await send();
    const text = await answer.text();
    return new Response(text === "" ? text : write(thinned(readSource(text).value, lot), "").text, { status: answer.status, headers: answer.headers });
  },
  "twice": async ({ aside }, send) => {
    const first = await send();
    const second = await send();
    // A refusal of the second says nothing of the first, and neither does that something is on its way already: nobody could know.
    return aside.isLater || (second.status >= 400 && second.status < 500) ? first : second;
  },
  "somebody else": async ({ aside }, send) => {
    await aside.meddle();
    const answer = await send();
    await aside.meddle();
    return answer;
  },
  "called off before": async ({ aside, init }, send) => {
    aside.abort();
    init.signal?.throwIfAborted();
    return send();
  },
  "called off after": async ({ aside, init }, send) => {
    const answer = await send();
    aside.abort();
    init.signal?.throwIfAborted();
    return answer;
  },
  "called off in the answer": async ({ aside }, send) => {
    const answer = await send();
    queueMicrotask(aside.abort);
    return answer;
  },
  "expired": async ({ aside }, send) => {
    aside.expire();
    return send();
  },
};

/** Some of what an answer holds, at its top or of its lists. @param {any} body @param {Lot} lot */
function thinned(body, lot) {
  if (lot(2) === 0) return Object.fromEntries(Object.entries(body).filter(() => lot(3) > 0));
  const some = (/** @type {unknown} */ value) => (Array.isArray(value) ? value.filter(() => lot(3) > 0) : value);
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, some(value)]));
}

/** What leaves open what was deleted, and what then says nothing of it. */
export const OPEN = ["lost after", "a gateway fails after", "broken off", "called off after"];
export const REFUSED = ["too many", "expired"];

export class Unreliable {
  /**
   * @param {any} mock
   * @param {any} policy
   * @param {Lot} lot
   * @param {Aside} aside
   */
  constructor(mock, policy, lot, aside) {
    this.mock = mock;
    this.at = policy.ids.at.split("/").slice(1);
    this.lot = lot;
    this.aside = aside;
    /** How often something goes wrong: in so many of ten requests. */
    this.badness = 5;
    /** What goes wrong if anything does, where not all that may. @type {readonly string[] | undefined} */
    this.favours = undefined;
    /** Requests as they were asked for: their ids, and what happened. @type {{ ids: readonly unknown[], mishap: string, status?: number }[]} */
    this.asked = [];
    /** @type {Set<Promise<unknown>>} */
    this.open = new Set();
    this.fetch = this.fetch.bind(this);
  }

  /** @param {string} url @param {any} init @returns {Promise<Response>} */
  fetch(url, init) {
    const names = this.favours ?? Object.keys(MISHAPS);
    const mishap = init.method !== undefined && this.lot(10) < this.badness ? oneOf(this.lot, names) : "nothing";
    const ids = init.method === undefined ? [] : this.#ids(url, init);
    const asked = { ids, mishap };
    if (init.method !== undefined) this.asked.push(asked);
    const send = (more = {}) => {
      const headers = new Headers(init.headers);
      for (const [name, value] of Object.entries(more)) headers.set(name, value);
      // A request that is on its way arrives, also when nobody waits for its answer any more.
      return this.mock.fetch(url, { method: init.method, headers, body: init.body });
    };
    const work = MISHAPS[mishap]({ url, init, ids, aside: this.aside }, send, this.lot);
    const kept = work.then(({ status }) => Object.assign(asked, { status }), () => {}).finally(() => this.open.delete(kept));
    this.open.add(kept);
    return work;
  }

  /** Until nothing is on its way any more. */
  async idle() {
    while (this.open.size > 0) await Promise.all(this.open);
  }

  /** @param {string} url @param {any} init @returns {readonly unknown[]} */
  #ids(url, { body }) {
    const [place, ...names] = this.at;
    if (place === "query") return new URL(url).searchParams.getAll(names[0]);
    return names.reduce((/** @type {any} */ value, name) => value[name], readSource(body).value);
  }
}
