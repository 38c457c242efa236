// Run by `cargo xtask wasm` in the package's folder: prints the sizes of the files named, and of the package's entries.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

const size = (bytes) => ({ raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length });

// An entry with all that it imports: its sources as they are, and what a bundler would ship.
function entry(path) {
  const { outputFiles, metafile } = buildSync({
    entryPoints: [path],
    bundle: true,
    format: "esm",
    platform: "browser",
    // The mock loads them when they are named: a bundler makes a file of each.
    external: ["./contracts/*"],
    minify: true,
    metafile: true,
    write: false,
    logLevel: "error",
  });
  const sources = Object.keys(metafile.inputs).map((source) => readFileSync(source));
  return { sources: size(Buffer.concat(sources)), minified: size(outputFiles[0].contents) };
}

const files = process.argv.slice(1).map((path) => size(readFileSync(path)));
console.log(JSON.stringify({ files, main: entry("src/index.js"), inline: entry("src/inline.js"), mock: entry("src/mock/index.js") }));
