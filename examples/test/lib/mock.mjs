/** The mock server: started on a free port, reset between cases, asked what was deleted. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export class Mock {
  /** @param {string} program @param {import("node:child_process").ChildProcess} child @param {string} url */
  constructor(program, child, url) {
    this.program = program;
    this.child = child;
    this.url = url;
  }

  /** @param {string} program @param {string} [command] */
  static async start(program, command = "serve") {
    const child = spawn(program, [command, "--port", "0", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
    const failed = new Promise((_, reject) => {
      child.on("error", ({ message }) => reject(new Error(`the mock server ${program} could not be started: ${message}`)));
      child.on("exit", (code) => reject(new Error(`the mock server ended with ${code} before it was ready`)));
    });
    failed.catch(() => {});
    const ready = (async () => {
      for await (const line of createInterface(child.stdout)) return JSON.parse(line).url;
    })();
    return new Mock(program, child, await Promise.race([ready, failed]));
  }

  async reset() {
    await this.#ask("POST", "/__mock/reset");
  }

  /** Closes a model, as its user would. @param {{ id: string, container: string }} model */
  async close(model) {
    await this.#ask("PATCH", "/__mock/world", { resources: [{ ...model, kind: "model", state: "closed" }] });
  }

  /** The ids of what was deleted since the reset. @returns {Promise<string[]>} */
  async deleted() {
    const { deleted } = await (await this.#ask("GET", "/__mock/changes")).json();
    return deleted.map((each) => each.id);
  }

  stop() {
    this.child.kill();
  }

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async #ask(method, path, body) {
    const response = await fetch(this.url + path, { method, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }
}
