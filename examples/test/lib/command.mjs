/** Runs a program, and says everything it said if it fails. */

import { spawn } from "node:child_process";

/** Longer than any of them takes, even on a busy machine. */
const PATIENCE = 300_000;

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, input?: string, ends?: number }} [options] `ends`: the exit code it must have
 * @returns {Promise<string>} what it printed
 */
export function command(program, args, { cwd, env = {}, input = "", ends = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, NO_COLOR: "1", ...env }, timeout: PATIENCE });
    let out = "";
    let all = "";
    child.stdout.on("data", (data) => ((out += data), (all += data)));
    child.stderr.on("data", (data) => (all += data));
    child.on("error", (cause) => reject(new Error(`${program} could not be started: ${cause.message}`)));
    child.on("close", (code) => {
      if (code === ends) resolve(out);
      else reject(new Error(`${program} ${args.join(" ")} ended with ${code}, not ${ends}:\n${all.trim()}`));
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
