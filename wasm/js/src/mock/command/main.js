/** The command line. Exit codes, as of the binary: 0 fine, 1 findings in a contract or world, 2 usage, or input and output. */

import { readFile } from "node:fs/promises";
import { Failure, Findings, told } from "./failure.js";
import { HELP, read } from "./options.js";
import { serve } from "./serve.js";

const FINDINGS = 1;
const TROUBLE = 2;

/** Runs the program and gives its exit code when it ends. @param {string[]} words */
export async function main(words) {
  try {
    const options = read(words);
    if (options === "help") process.stdout.write(HELP);
    else if (options === "version") process.stdout.write(`bulk-delete ${await version()}\n`);
    else await serve(options, await version());
    return 0;
  } catch (cause) {
    if (cause instanceof Findings) {
      for (const line of cause.lines) console.error(line);
      console.error(`${told(cause.lines)}: nothing is served`);
      return FINDINGS;
    }
    if (!(cause instanceof Failure)) throw cause;
    console.error(cause.message);
    return TROUBLE;
  }
}

async function version() {
  const manifest = await readFile(new URL("../../../package.json", import.meta.url), "utf8");
  return JSON.parse(manifest).version;
}
