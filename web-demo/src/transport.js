/** Where requests go: to the server that this page came from, or to a mock in the page itself. The rest only knows how to `send`. */

import { Control } from "./control.js";
import { makeMock } from "./package.js";

/**
 * @typedef {object} Transport
 * @property {"server" | "browser"} kind
 * @property {string} origin what stands before paths in commands to paste
 * @property {(path: string, init?: RequestInit) => Promise<Response>} send
 */

/** Where a mock server listens unless somebody says otherwise: commands to paste name it where no server is behind the page. */
const USUAL = "http://127.0.0.1:4010";

/** Where a path leads that may begin with what would be a scheme: `tasks:batchDelete`. @param {string} path @param {string | URL} base */
function at(path, base) {
  return new URL(`./${path}`, base);
}

/** The mock server behind this page. @returns {Transport} */
export function server() {
  const base = new URL(".", document.baseURI);
  return { kind: "server", origin: base.origin, send: (path, init) => fetch(at(path, base), init) };
}

/**
 * A mock in this page; it goes with the page. What it serves that is none of the package's it has from the server.
 *
 * @param {readonly import("./types.d.ts").Api[]} apis
 * @returns {Promise<Transport>}
 */
export async function browser(apis) {
  const take = async (/** @type {string} */ name) => {
    const control = new Control(server(), name);
    const [documents, world] = await Promise.all([control.documents(name), control.worldText()]);
    return { ...documents, world };
  };
  const own = await Promise.all(apis.filter(({ isOwn }) => isOwn).map(({ name }) => take(name)));
  const mock = await makeMock(apis.filter(({ isOwn }) => !isOwn).map(({ name }) => name), own);
  return { kind: "browser", origin: USUAL, send: (path, init) => mock.fetch(at(path, `${USUAL}/`), init) };
}

/** Whether a mock server is behind this page: a static host does not say so. */
export async function isServed() {
  try {
    const { headers } = await fetch(document.baseURI, { method: "HEAD" });
    return headers.has("x-bulk-delete-mock");
  } catch {
    return false;
  }
}
