/**
 * A page served beside the contracts: files that were read at the start, for `GET` and `HEAD` where no contract answers. What
 * browsers may do with it is what the binary says.
 */

import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join, sep } from "node:path";
import { Failure } from "./failure.js";

/** Scripts and styles of the page's own, WebAssembly, and nothing else; nobody may frame it. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const NO_PAGE = `\
This mock server has no page to show: \`cargo xtask serve\` makes one and serves it here, or --page names its folder.
What is served: /__mock/contracts
How the mock is steered: /__mock/
`;

/** @type {Record<string, string>} */
const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  wasm: "application/wasm",
  svg: "image/svg+xml",
  png: "image/png",
  txt: "text/plain; charset=utf-8",
  md: "text/plain; charset=utf-8",
};

/** A file, and what it is compressed. @typedef {{ type: string, tag: string, plain: Buffer, gzip: Buffer | undefined, br: Buffer | undefined }} File */
/** @typedef {import("../host.js").Answer} Answer */
/** The files of a page by their names. @typedef {ReadonlyMap<string, File>} Page */

/**
 * Reads all files of a page: the folder's, and those of the folders in it. A name followed by `.gz` or `.br` is the same file, compressed.
 *
 * @param {string} folder
 * @param {string} version
 * @returns {Promise<{ answer: (request: import("node:http").IncomingMessage, path: string) => Answer | undefined }>}
 */
export async function pageOf(folder, version) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new Failure(`${folder} cannot be read: ${cause.message}`);
  });
  /** @type {Map<string, Buffer>} */
  const given = new Map();
  for (const entry of found) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    given.set(path.slice(join(folder, sep).length).split(sep).join("/"), await readFile(path));
  }
  if (!given.has("index.html")) throw new Failure(`${folder}: a page needs an index.html: \`cargo xtask page\` makes one`);
  /** @type {Map<string, File>} */
  const files = new Map();
  for (const [name, plain] of given) {
    if (/\.(gz|br)$/.test(name) && given.has(name.replace(/\.(gz|br)$/, ""))) continue;
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    const tag = createHash("sha256").update(plain).digest("hex").slice(0, 16);
    files.set(name, { type, tag, plain, gzip: given.get(`${name}.gz`), br: given.get(`${name}.br`) });
  }
  return { answer: (request, path) => answer(files, request, path, version) };
}

/**
 * What is said at `/` where there is no page.
 *
 * @param {import("node:http").IncomingMessage} request
 * @param {string} path
 * @returns {Answer | undefined}
 */
export function withoutPage({ method }, path) {
  if (path !== "/" || (method !== "GET" && method !== "HEAD")) return undefined;
  return { status: 404, headers: [["content-type", "text/plain; charset=utf-8"]], body: new TextEncoder().encode(NO_PAGE) };
}

/**
 * @param {Page} files
 * @param {import("node:http").IncomingMessage} request
 * @param {string} path
 * @param {string} version
 * @returns {Answer | undefined}
 */
function answer(files, { method, headers: asked }, path, version) {
  if (method !== "GET" && method !== "HEAD") return undefined;
  const file = files.get(path === "/" ? "index.html" : path.slice(1));
  if (file === undefined) return undefined;
  const encoding = file.br && accepts(asked, "br") ? "br" : file.gzip && accepts(asked, "gzip") ? "gzip" : undefined;
  const tag = encoding === undefined ? `"${file.tag}"` : `"${file.tag}-${encoding}"`;
  /** @type {[string, string][]} */
  const headers = [
    ["etag", tag],
    // Kept, and asked for again each time: after a rebuild nobody sees the page of yesterday.
    ["cache-control", "no-cache"],
    ["vary", "Accept-Encoding"],
    ["x-content-type-options", "nosniff"],
    ["cross-origin-resource-policy", "same-origin"],
  ];
  // What the rest says is asked of documents only.
  if (file.type.startsWith("text/html")) {
    headers.push(
      ["content-security-policy", POLICY],
      ["referrer-policy", "no-referrer"],
      ["cross-origin-opener-policy", "same-origin"],
      ["x-bulk-delete-mock", version],
    );
  }
  const known = (asked["if-none-match"] ?? "").split(",").map((each) => each.trim().replace(/^W\//, ""));
  if (known.includes(tag) || known.includes("*")) return { status: 304, headers, body: new Uint8Array(0) };
  headers.push(["content-type", file.type]);
  if (encoding !== undefined) headers.push(["content-encoding", encoding]);
  return { status: 200, headers, body: (encoding && file[encoding]) ?? file.plain };
}

/** Whether a browser takes this encoding. One that it weighs with nought it does not. @param {import("node:http").IncomingHttpHeaders} headers @param {string} encoding */
function accepts(headers, encoding) {
  return String(headers["accept-encoding"] ?? "").split(",").some((each) => {
    const [name, ...parameters] = each.split(";").map((part) => part.trim());
    const weight = parameters.find((part) => part.startsWith("q="));
    return name.toLowerCase() === encoding && (weight === undefined || Number(weight.slice(2)) !== 0);
  });
}
