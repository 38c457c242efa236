/**
 * Writes the page into a folder that any static host can serve: the page, and of the npm package what it loads.
 *
 *     node web-demo/export.mjs --out DIR
 *
 * `cargo xtask page` makes the package first. Beside each larger file stand `.br` and `.gz`, for hosts that know them.
 */

import { createRequire } from "node:module";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, posix, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const demo = import.meta.dirname;
const wasm = resolve(demo, "../wasm/js");
/** Where the package stands in the export, and where the sources look for it. */
const [PACKAGE, BESIDE] = ["bulk-delete", "../../wasm/js/"];
/** What is smaller gains nothing. */
const LEAST = 256;

/** Takes comments out of scripts: they are a third of what goes over the wire. From what the package is made with. */
const { transform } = createRequire(join(wasm, "package.json"))("esbuild");

const { values } = parseArgs({ options: { out: { type: "string" } } });
if (values.out === undefined) {
  console.error("node web-demo/export.mjs --out DIR");
  process.exit(2);
}
const out = resolve(values.out);

/** What is exported, by its path there. @type {Map<string, Buffer>} */
const files = new Map();
/** Scripts that are there as soon as the page is, without being asked for one by one. @type {Set<string>} */
const first = new Set();

await add("icon.svg", join(demo, "icon.svg"));
for (const name of await readdir(join(demo, "style"))) await add(`style/${name}`, join(demo, "style", name));
await script("src/main.js", true);
const preloads = [...first].map((path) => `    <link rel="modulepreload" href="${path}">\n`);
const engine = [...files.keys()].find((path) => path.endsWith("-lean.wasm"));
if (engine === undefined) throw new Error("the page loads no engine: has the package changed its module's name?");
preloads.push(`    <link rel="preload" href="${engine}" as="fetch" type="application/wasm" crossorigin>\n`);
const html = await readFile(join(demo, "index.html"), "utf8");
files.set("index.html", Buffer.from(html.replace("  </head>", `${preloads.join("")}  </head>`)));

await rm(out, { recursive: true, force: true });
for (const [path, content] of files) {
  await mkdir(join(out, dirname(path)), { recursive: true });
  await writeFile(join(out, path), content);
  if (content.length < LEAST) continue;
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await writeFile(join(out, `${path}.br`), await promisify(brotliCompress)(content, { params }));
  await writeFile(join(out, `${path}.gz`), await promisify(gzip)(content, { level: 9 }));
}
console.log(`The page is in ${values.out}: ${files.size} files. Serve it with: python3 -m http.server --directory ${values.out}`);

/** @param {string} path @param {string} from */
async function add(path, from) {
  const content = await readFile(from).catch(() => {
    throw new Error(`${from} is missing: \`cargo xtask wasm\` makes the package`);
  });
  files.set(path, content);
}

/** A script and all that it loads. @param {string} path in the export @param {boolean} isFirst */
async function script(path, isFirst) {
  if (isFirst) first.add(path);
  if (files.has(path)) return;
  const from = path.startsWith(`${PACKAGE}/`) ? join(wasm, path.slice(PACKAGE.length + 1)) : join(demo, path);
  await add(path, from);
  const text = String(files.get(path)).replaceAll(`"${BESIDE}`, `"../${PACKAGE}/`);
  const { code } = await transform(text, { format: "esm", target: "es2022", legalComments: "none", minifyWhitespace: true, charset: "utf8" });
  files.set(path, Buffer.from(code));
  const to = (/** @type {string} */ name) => posix.join(posix.dirname(path), name);
  for (const [, name] of text.matchAll(/^(?:import|export)\s[^;]*?"(\.[^"]+)";$/gm)) await script(to(name), isFirst);
  for (const [, name] of text.matchAll(/^import "(\.[^"]+)";$/gm)) await script(to(name), isFirst);
  for (const [, name] of text.matchAll(/(?<!\*.*)\bimport\("(\.[^"]+)"\)/g)) {
    if (name.endsWith(".js")) await script(to(name), false);
  }
  for (const [, name] of text.matchAll(/new URL\("(\.[^"]+)", import\.meta\.url\)/g)) {
    const file = to(name);
    if (!files.has(file)) await add(file, join(wasm, file.slice(PACKAGE.length + 1)));
  }
}
