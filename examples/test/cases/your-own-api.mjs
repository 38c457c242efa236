/** Does what the tutorial says, command by command and snippet by snippet; what it leads to is the example contract. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { Project } from "../lib/project.mjs";

const BLOCK = /^```(\w+)(?: (.*))?\n([\s\S]*?)^```$/gm;

/** @param {import("../run.mjs").Context} context */
export async function yourOwnApi({ say, root, scratch, fixtures, mock, ...context }) {
  const page = await readFile(join(root, "docs/your-own-api.md"), "utf8");
  const project = await Project.copy(join(fixtures, "your-own-api"), { scratch, ...context });
  const { folder } = project;
  const port = String(await freePort());
  const shell = new Shell(folder, dirname(mock.program));
  try {
    for (const [, language, told = "", text] of page.matchAll(BLOCK)) {
      const file = (/** @type {string} */ verb) => (told.startsWith(verb) ? join(folder, told.slice(verb.length)) : undefined);
      const [merged, written] = [file("merge into "), file("write to ")];
      if (language === "console") {
        for (const { command, output } of commands(text)) {
          shell.expect(await shell.run(command.replaceAll("4010", port)), output, command);
        }
      } else if (merged !== undefined) {
        const document = merge(JSON.parse(await readFile(merged, "utf8")), JSON.parse(text));
        await writeFile(merged, `${JSON.stringify(document, null, 2)}\n`);
      } else {
        const path = written ?? join(folder, told);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      }
    }
  } finally {
    shell.stop();
  }
  say("every command of the tutorial does what it says");

  const [made, kept] = [join(folder, "task-tracker"), join(root, "examples/contracts/task-tracker")];
  const files = (await readdir(kept, { recursive: true })).filter((name) => name.endsWith(".json")).sort();
  assert.deepEqual(files, ["examples/start.json", "openapi.json", "policy.json", "world.json"]);
  for (const name of files) {
    const [one, two] = await Promise.all([made, kept].map(async (place) => JSON.parse(await readFile(join(place, name), "utf8"))));
    assert.deepEqual(one, two, `${name} of the tutorial is not that of examples/contracts/task-tracker`);
  }
  say("what it leads to is examples/contracts/task-tracker");
}

/** @param {string} text @returns {{ command: string, output: string[] }[]} */
function commands(text) {
  /** @type {{ command: string, output: string[] }[]} */
  const found = [];
  for (const line of text.trimEnd().split("\n")) {
    if (line.startsWith("$ ")) found.push({ command: line.slice(2), output: [] });
    else found.at(-1)?.output.push(line);
  }
  return found;
}

/** As RFC 7396 has it: null takes a member away. @param {any} target @param {any} patch @returns {any} */
function merge(target, patch) {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const merged = typeof target === "object" && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = merge(merged[name], value);
  }
  return merged;
}

class Shell {
  /** @type {import("node:child_process").ChildProcess[]} */
  #running = [];

  /** @param {string} folder @param {string} programs */
  constructor(folder, programs) {
    this.folder = folder;
    this.env = { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}`, NO_COLOR: "1" };
  }

  /** What a command prints; one that ends with `&` goes on, once it has said something. @param {string} line @returns {Promise<string>} */
  run(line) {
    const goesOn = line.endsWith("&");
    const command = goesOn ? `exec ${line.slice(0, -1)}` : line;
    const child = spawn("sh", ["-c", command], { cwd: this.folder, env: this.env, stdio: ["ignore", "pipe", "pipe"] });
    if (goesOn) this.#running.push(child);
    return new Promise((resolve, reject) => {
      let out = "";
      const hear = (/** @type {Buffer} */ data) => {
        out += data;
        if (goesOn && out.includes("/__mock/")) resolve(out);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("error", reject);
      child.on("close", () => resolve(out));
    });
  }

  /** @param {string} got @param {string[]} expected lines, of which … stands for any @param {string} command */
  expect(got, expected, command) {
    const quoted = (/** @type {string} */ line) => line.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const lines = expected.map((line) => (line === "…" ? "(?:.*\\n)*?" : `${quoted(line)} ?\\n`));
    const whole = `${got.trimEnd()}\n`;
    assert.match(whole, new RegExp(`^${lines.join("")}${expected.at(-1) === "…" ? "(?:.*\\n)*" : ""}$`), `${command} printed\n${got}`);
  }

  stop() {
    for (const child of this.#running) child.kill();
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
