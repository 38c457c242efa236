/** Starts and stops the program `bulk-delete-mock` from Node. */

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { RemoteMock } from "./remote.js";

export { RemoteMock } from "./remote.js";
export { MockError } from "../mock/errors.js";

const NAME = process.platform === "win32" ? "bulk-delete-mock.exe" : "bulk-delete-mock";
/** How long a server may take to end when it is asked to, in milliseconds; then it is made to. */
const PATIENCE = 6_000;

/** Those that are to end with this process. @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
let watching = false;

/** A server that was started here. */
export class Server extends RemoteMock {
  #child;
  #ended;

  /**
   * @param {import("node:child_process").ChildProcess} child
   * @param {Promise<void>} ended
   * @param {{ url: string, contracts: readonly string[] }} ready
   */
  constructor(child, ended, { url, contracts }) {
    super(url);
    this.#child = child;
    this.#ended = ended;
    /** @readonly What is served. */
    this.contracts = Object.freeze([...contracts]);
    /** @readonly */
    this.pid = child.pid;
  }

  /** Ends it, and waits until it has ended. Any number of times. */
  async stop() {
    this.#child.kill();
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), PATIENCE);
    await this.#ended;
    clearTimeout(timer);
  }

  async [Symbol.asyncDispose]() {
    await this.stop();
  }
}

/**
 * Starts a server on a free port, and resolves when it answers. It ends with this process at the latest.
 *
 * @param {{
 *   program?: string, port?: number, contracts?: readonly string[], only?: boolean, world?: string, clock?: "real" | "frozen",
 *   requireSession?: boolean, args?: readonly string[],
 * }} [options]
 * @returns {Promise<Server>}
 */
export async function startServer(options = {}) {
  const { port = 0, contracts = [], only = false, world, clock, requireSession = false, args = [] } = options;
  const program = options.program ?? findProgram();
  const given = [
    ...["serve", "--json", "--port", String(port)],
    ...contracts.flatMap((folder) => ["--contract", folder]),
    ...(only ? ["--only"] : []),
    ...(world === undefined ? [] : ["--world", world]),
    ...(clock === undefined ? [] : ["--clock", clock]),
    ...(requireSession ? ["--require-session"] : []),
    ...args,
  ];
  const child = spawn(program, given, { stdio: ["ignore", "pipe", "pipe"] });
  endWithProcess(child);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => (said = (said + text).slice(-20_000)));
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.on("close", () => {
      running.delete(child);
      resolve();
    });
    child.on("error", () => resolve());
  });
  const failed = new Promise((_, reject) => {
    child.on("error", ({ message }) => reject(new Error(`${program} could not be started: ${message}`)));
    child.on("close", (code) => reject(new Error(`${program} ended with ${code} before it was ready:\n${said.trim()}`)));
  });
  failed.catch(() => {});
  const line = new Promise((resolve) => createInterface({ input: child.stdout }).once("line", resolve));
  const ready = JSON.parse(await Promise.race([line, failed]));
  // What is said from now on is read, so that the server never waits for somebody to read it.
  child.stdout.resume();
  child.unref();
  return new Server(child, ended, ready);
}

/**
 * Where the program is: what BULK_DELETE_MOCK names, one on the PATH, or one that Cargo built here or above.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [from]
 * @returns {string}
 */
export function findProgram(env = process.env, from = process.cwd()) {
  if (env.BULK_DELETE_MOCK) return env.BULK_DELETE_MOCK;
  const places = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "").map((folder) => join(folder, NAME));
  const built = (/** @type {string} */ target) => ["release", "debug"].map((profile) => join(target, profile, NAME));
  if (env.CARGO_TARGET_DIR) places.push(...built(env.CARGO_TARGET_DIR));
  for (let folder = from; ; folder = dirname(folder)) {
    places.push(...built(join(folder, "target")));
    if (dirname(folder) === folder) break;
  }
  const found = places.find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    "the program bulk-delete-mock is not on the PATH, and Cargo has built none here: `cargo install --path mock-server` " +
      "installs it; the option `program` or the variable BULK_DELETE_MOCK says where it is",
  );
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {import("node:child_process").ChildProcess} child */
function endWithProcess(child) {
  running.add(child);
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    for (const each of running) each.kill();
  });
}
