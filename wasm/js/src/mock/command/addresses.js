/**
 * Addresses of sessions' own, for clients that cannot name their session. One is open in reserve for the next session, as opening
 * it takes a while and an answer is given at once.
 */

import { closed } from "./server.js";

/** How many sessions have one at a time: each is an open file, of which a process may have a thousand as a rule. */
const MOST = 256;

/** @typedef {{ session: string | undefined, ended: boolean }} Whose */
/** @typedef {Whose & { listening: import("node:http").Server, url: string }} Address */

export class Addresses {
  #host;
  #make;
  /** @type {Map<string, Address>} */
  #open = new Map();
  /** Whether one is open in reserve. */
  #spare = false;
  /** @type {Promise<void> | undefined} */
  #opening;

  /**
   * @param {import("../host.js").Host} host
   * @param {(whose: () => Whose | undefined) => Promise<{ listening: import("node:http").Server, url: string }>} make listens at a free port, and
   * answers for the session that it is told at each request
   */
  constructor(host, make) {
    this.#host = host;
    this.#make = make;
  }

  /** Waits until there is one for the next session; where none is to be had, a session's name in the host does the same. */
  async ready() {
    if (this.#spare || this.#open.size >= MOST) return;
    this.#opening ??= this.#reserve().finally(() => (this.#opening = undefined));
    await this.#opening;
  }

  /** Takes notice of what has become of addresses. Called after each answer. */
  notice() {
    for (const { url, session } of this.#host.addressNews()) {
      const address = this.#open.get(url);
      if (address === undefined) continue;
      if (session === undefined) {
        this.#open.delete(url);
        end(address);
      } else {
        address.session = session;
        this.#spare = false;
      }
    }
  }

  /** Closes all of them. */
  close() {
    for (const address of this.#open.values()) end(address);
    this.#open.clear();
  }

  async #reserve() {
    /** @type {Address | undefined} */
    let address;
    try {
      address = { ...(await this.#make(() => address)), session: undefined, ended: false };
    } catch {
      // There is no port to be had.
      return;
    }
    this.#open.set(address.url, address);
    this.#host.offer(address.url);
    this.#spare = true;
  }
}

/** @param {Address} address */
function end(address) {
  address.ended = true;
  void closed(address.listening);
}
