/** Vite's development server, on a free port. */

import { spawn } from "node:child_process";
import { join } from "node:path";

/** How long it may take to start, in milliseconds. */
const PATIENCE = 60_000;

export class DevServer {
  /** @param {import("node:child_process").ChildProcess} child @param {string} url */
  constructor(child, url) {
    this.child = child;
    this.url = url;
  }

  /** @param {string} folder @param {Record<string, string>} [env] @returns {Promise<DevServer>} */
  static start(folder, env = {}) {
    const vite = join(folder, "node_modules/vite/bin/vite.js");
    // A port of the machine's own choice: two runs at once must not meet.
    const port = String(20_000 + (process.pid % 20_000));
    const child = spawn(process.execPath, [vite, "--host", "127.0.0.1", "--port", port], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1", ...env },
    });
    return new Promise((resolve, reject) => {
      let said = "";
      const failed = () => reject(new Error(`the development server did not start:\n${said}`));
      const timer = setTimeout(() => (child.kill(), failed()), PATIENCE);
      const listen = (/** @type {Buffer} */ data) => {
        said += data;
        const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
        if (url === undefined) return;
        clearTimeout(timer);
        resolve(new DevServer(child, url));
      };
      child.stdout.on("data", listen);
      child.stderr.on("data", listen);
      child.on("exit", () => (clearTimeout(timer), failed()));
    });
  }

  stop() {
    this.child.kill();
  }
}
