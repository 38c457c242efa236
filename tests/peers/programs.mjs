/** Programs that serve, started and ended; and a server that stands for a real API. */

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const HERE = fileURLToPath(new URL(".", import.meta.url));
export const ROOT = path.join(HERE, "../..");

/** How long a program may take until it answers, in milliseconds; far longer than any does on a machine at rest. */
const PATIENCE = 300_000;

/** A document of a built-in contract. @param {string} contract @param {string} [name] */
export function document(contract, name = "openapi.json") {
  return path.join(ROOT, "schemas", contract, name);
}

/** A port that is free now. @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const socket = createSocket().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (socket.address());
      socket.close(() => resolve(port));
    });
  });
}

/**
 * Runs a program while `use` uses it: from its first answer to any request.
 *
 * @param {string} program
 * @param {(port: number) => string[]} options
 * @param {(base: string) => Promise<void>} use
 */
export async function serving(program, options, use) {
  const port = await freePort();
  const child = spawn(program, options(port), { stdio: ["ignore", "pipe", "pipe"], cwd: tmpdir() });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said = (said + text).slice(-4000)));
  const ended = new Promise((resolve) => child.once("close", resolve));
  const base = `http://127.0.0.1:${port}`;
  try {
    for (const end = Date.now() + PATIENCE; ; await wait(50)) {
      if (child.exitCode !== null || Date.now() > end) throw new Error(`${program} does not serve: ${said}`);
      if (await fetch(base).then((answer) => answer.text().then(() => true), () => false)) break;
    }
    await use(base);
  } finally {
    child.kill();
    await ended;
  }
}

/** Runs a program to its end. @param {string} program @param {string[]} options */
export async function run(program, options) {
  const child = spawn(program, options, { stdio: ["ignore", "ignore", "inherit"] });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0) throw new Error(`${program} ${options.join(" ")} ended with ${code}`);
}

/** A folder that is there while it is used. @param {(folder: string) => Promise<void>} use */
export async function scratch(use) {
  const folder = await mkdtemp(path.join(tmpdir(), "peers-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A file with a document while it is used. @param {unknown} value @param {(file: string) => Promise<void>} use */
export function written(value, use) {
  return scratch(async (folder) => {
    const file = path.join(folder, "document.json");
    await writeFile(file, JSON.stringify(value));
    await use(file);
  });
}

/** A real API while it is used. @param {(base: string) => Promise<void>} use */
export async function realApi(use) {
  const server = createServer((request, response) => {
    response.writeHead(request.url === "/real" ? 200 : 404, { "content-type": "text/plain" });
    response.end(request.url === "/real" ? "from the real API" : "nothing here");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  try {
    await use(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
