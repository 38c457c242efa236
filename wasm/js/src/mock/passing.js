/** Which requests an interception answers, and what becomes of the others. */

import { show } from "../errors.js";

/** What becomes of a request that is not answered. @typedef {import("../../mock.js").Unhandled} Unhandled */

export class Passing {
  /** @type {readonly string[] | undefined} */
  #origins;
  #onUnhandled;

  /**
   * @param {{ serves: (request: { method: string, url: string }) => boolean }} mock
   * @param {any} options
   */
  constructor(mock, options) {
    if (typeof options !== "object" || options === null) {
      throw new TypeError(`options: they must be an object, and are ${show(options)}`);
    }
    const { origins, onUnhandled = "warn" } = options;
    this.mock = mock;
    this.#origins = originsOf(origins);
    if (typeof onUnhandled !== "function" && !["bypass", "warn", "error"].includes(onUnhandled)) {
      throw new TypeError(`onUnhandled: it must be "bypass", "warn", "error" or a function, and is ${show(onUnhandled)}`);
    }
    this.#onUnhandled = onUnhandled;
  }

  /** What requests are not seen because of their origin, in a sentence. */
  get unseen() {
    return this.#origins === undefined ? [] : [`requests to other origins than ${this.#origins.join(", ")}`];
  }

  /** Whether the mock answers. @param {{ method: string, url: string }} request */
  takes(request) {
    const isGiven = this.#origins === undefined || this.#origins.includes(new URL(request.url).origin);
    return isGiven && this.mock.serves(request);
  }

  /**
   * Says of a request that is not answered what the options want said, and throws where they want it refused.
   *
   * @param {{ method: string, url: string }} request
   */
  unhandled(request) {
    // Without origins everything is asked about, and most of it has nothing to do with the mock.
    if (this.#origins === undefined) return;
    const { origin } = new URL(request.url);
    const why = this.#origins.includes(origin) ? "no-route" : this.mock.serves(request) ? "other-origin" : undefined;
    if (why === undefined) return;
    const { method, url } = request;
    const message =
      why === "no-route"
        ? `${method} ${url} is not answered by the mock: no contract has this path`
        : `${method} ${url} is not answered by the mock: ${origin} is not among the origins it was given, ${this.#origins.join(", ")}`;
    if (typeof this.#onUnhandled === "function") this.#onUnhandled({ method, url, why, message });
    else if (this.#onUnhandled === "error") throw new TypeError(`${message}; nothing was sent`);
    else if (this.#onUnhandled === "warn") console.warn(`bulk-delete: ${message}; it goes to the network`);
  }
}

/** @param {unknown} origins @returns {readonly string[] | undefined} */
function originsOf(origins) {
  if (origins === undefined) return undefined;
  if (!Array.isArray(origins)) throw new TypeError(`origins: it must be a list, and is ${show(origins)}`);
  return origins.map((given, index) => {
    const url = typeof given === "string" || given instanceof URL ? parsed(String(given)) : null;
    if (url === null || url.origin === "null") {
      throw new TypeError(`origins[${index}]: it must be an origin such as https://api.example.com, and is ${show(given)}`);
    }
    return url.origin;
  });
}

/** @param {string} text */
function parsed(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
