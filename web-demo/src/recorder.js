/** Keeps the last requests and their answers as they were on the wire, for people to read. */

/** @typedef {import("./types.d.ts").Exchange} Exchange */

/** How many are kept. */
const KEPT = 20;

export class Recorder {
  /** The latest last. @type {Exchange[]} */
  exchanges = [];
  count = 0;

  /** @param {import("./transport.js").Transport} transport */
  constructor(transport) {
    this.transport = transport;
  }

  /** @param {string} url @param {RequestInit} init @returns {Promise<Response>} */
  async fetch(url, init) {
    const start = performance.now();
    /** @type {Exchange} */
    const exchange = {
      method: init.method ?? "GET",
      url,
      headers: [...new Headers(init.headers)].map(([name, value]) => [headerCase(name), value]),
      body: typeof init.body === "string" ? init.body : "",
      status: null,
      answerHeaders: [],
      answer: "",
      milliseconds: 0,
    };
    this.count += 1;
    this.exchanges = [...this.exchanges, exchange].slice(-KEPT);
    const response = await this.transport.send(url.replace(/^\//, ""), init);
    exchange.answer = await response.clone().text();
    exchange.milliseconds = performance.now() - start;
    exchange.status = response.status;
    exchange.answerHeaders = [...response.headers].map(([name, value]) => [headerCase(name), value]);
    return response;
  }
}

/** `x-auth-token` as `X-Auth-Token`: only for the eye. @param {string} name */
export function headerCase(name) {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
