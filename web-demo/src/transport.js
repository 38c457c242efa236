/** Where requests go: to the server that this page came from. The rest of the page only knows how to `send`. */

/**
 * @typedef {object} Transport
 * @property {"server" | "browser"} kind
 * @property {string} origin what stands before paths in commands to paste
 * @property {(path: string, init?: RequestInit) => Promise<Response>} send
 */

/** The mock server behind this page. @returns {Transport} */
export function server() {
  const base = new URL(".", document.baseURI);
  return { kind: "server", origin: base.origin, send: (path, init) => fetch(new URL(path, base), init) };
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
