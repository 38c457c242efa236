/** Serves the package's folder and some pages made for tests, each with its own headers. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const PACKAGE = new URL("../../", import.meta.url);
/** @type {Record<string, string>} */
const TYPES = { js: "text/javascript", wasm: "application/wasm", json: "application/json", html: "text/html" };

/** What is answered, and when. @typedef {{ type: string, body: string, headers?: Record<string, string>, after?: Promise<unknown> }} Page */

/**
 * @param {Record<string, Page>} pages by path
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function serve(pages) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const page = pages[pathname];
    if (page !== undefined) {
      await page.after;
      response.writeHead(200, { "content-type": page.type, ...page.headers });
      response.end(page.body);
      return;
    }
    try {
      const body = await readFile(new URL(`.${pathname}`, PACKAGE));
      response.writeHead(200, { "content-type": TYPES[pathname.slice(pathname.lastIndexOf(".") + 1)] ?? "text/plain" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://localhost:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve(undefined));
      }),
  };
}
