/**
 * Runs the examples as people would: packs the package, installs it in fresh copies, builds them, and uses them in a browser against
 * the mock server.
 *
 *     node examples/test/run.mjs [CASE]…
 *
 * MOCK names the mock server's program (otherwise one that Cargo built is taken), CHROMIUM the browser. Anything that fails, or cannot
 * be run, ends it with 1.
 */

import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { helpers } from "./cases/helpers.mjs";
import { mock } from "./cases/mock.mjs";
import { node } from "./cases/node.mjs";
import { plain } from "./cases/plain.mjs";
import { readme } from "./cases/readme.mjs";
import { tools } from "./cases/tools.mjs";
import { viteReact } from "./cases/vite-react.mjs";
import { yourOwnApi } from "./cases/your-own-api.mjs";
import { Browser } from "./lib/browser.mjs";
import { command } from "./lib/command.mjs";
import { Mock } from "./lib/mock.mjs";
import { pack } from "./lib/pack.mjs";

const CASES = { helpers, node, mock, plain, "vite-react": viteReact, tools, readme, "your-own-api": yourOwnApi };

/**
 * What a case is given.
 *
 * @typedef {object} Context
 * @property {(what: string) => void} say tells what went well
 * @property {string} examples the folder of the examples
 * @property {string} fixtures the folder of the projects that are only here to be tested
 * @property {string} root the folder of the project
 * @property {string} packageFolder
 * @property {string} tarball the packed package
 * @property {string} scratch a temporary folder
 * @property {Mock} mock
 * @property {Browser} browser
 */

const here = import.meta.dirname;
const root = resolve(here, "../..");
const packageFolder = join(root, "wasm/js");

/** @type {(() => unknown)[]} */
const cleanUp = [];
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`The examples were not run: ${error.message}`);
  process.exitCode = 1;
} finally {
  for (const each of cleanUp.reverse()) await each();
}

/** @param {readonly string[]} asked @returns {Promise<number>} the exit code */
async function main(asked) {
  const strange = asked.filter((name) => !Object.hasOwn(CASES, name));
  if (strange.length > 0) throw new Error(`there is no case ${strange.join(", ")}, only ${Object.keys(CASES).join(", ")}`);
  const context = await prepare();
  /** @type {string[]} */
  const failed = [];
  for (const [name, run] of Object.entries(CASES)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const start = performance.now();
    console.log(name);
    try {
      await run({ ...context, say: (what) => console.log(`  ok  ${what}`) });
    } catch (error) {
      failed.push(name);
      console.log(`  FAILED  ${error.message.replaceAll("\n", "\n          ")}`);
    }
    console.log(`  ${seconds(start)}`);
  }
  console.log(failed.length === 0 ? "All of them run." : `Failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

/** @returns {Promise<Omit<Context, "say">>} */
async function prepare() {
  const start = performance.now();
  await command("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund", "--silent"], { cwd: here });
  const scratch = await mkdtemp(join(tmpdir(), "bulk-delete-examples-"));
  cleanUp.push(() => rm(scratch, { recursive: true, force: true }));
  const tarball = await pack(packageFolder, scratch);
  const mock = await Mock.start(await mockProgram());
  cleanUp.push(() => mock.stop());
  const browser = await Browser.start();
  cleanUp.push(() => browser.stop());
  console.log(`Packed the package, started the mock server and the browser: ${seconds(start)}`);
  return { examples: join(here, ".."), fixtures: join(here, "fixtures"), root, packageFolder, tarball, scratch, mock, browser };
}

async function mockProgram() {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const programs = process.env.MOCK
    ? [process.env.MOCK]
    : ["release", "debug"].map((profile) => join(target, profile, "bulk-delete-mock"));
  for (const program of programs) {
    if (await access(program).then(() => true, () => false)) return program;
  }
  throw new Error(`the mock server is missing (${programs.join(", ")}): \`cargo build -p bulk-delete-mock\` makes it`);
}

/** @param {number} start */
function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
