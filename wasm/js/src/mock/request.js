/** Requests and answers: from those of the fetch standard to the mock's, and back. */

const NO_BODY = new Uint8Array(0);
/** Answers with these have no body, not even an empty one. */
const BODILESS = [204, 205, 304];

/** The path and query of a request as they are sent. @param {URL} url @returns {{ path: string, query: string | null }} */
export function target(url) {
  const { pathname: path, search } = url;
  if (search !== "") return { path, query: search.slice(1) };
  // An empty query is there or not, which `search` does not tell.
  const [whole] = url.href.split("#", 1);
  return { path, query: whole.endsWith("?") ? "" : null };
}

/**
 * @param {Request} request
 * @param {URL} url
 * @returns {Promise<import("./host.js").Parts>}
 */
export async function parts(request, url) {
  const headers = [...request.headers];
  // The platform adds it when it sends, and signatures are about it.
  if (!request.headers.has("host")) headers.push(["host", url.host]);
  return { method: request.method, ...target(url), headers, body: await body(request) };
}

/** @param {Request} request */
async function body(request) {
  // Where a platform does not tell `body`, it is read to see.
  if (request.body === null) return NO_BODY;
  return new Uint8Array(await request.arrayBuffer());
}

/** @param {import("./host.js").Answer} answer @param {string} method */
export function response({ status, headers, body }, method) {
  const content = method === "HEAD" || BODILESS.includes(status) ? null : /** @type {Uint8Array<ArrayBuffer>} */ (body);
  const made = new Headers(/** @type {[string, string][]} */ (headers));
  if (method === "HEAD") made.set("content-length", String(body.length));
  return new Response(content, { status, headers: made });
}
