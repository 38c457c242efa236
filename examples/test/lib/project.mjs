/** A fresh copy of a project in a temporary folder, with the packed package installed as a user would install it. */

import { cp, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { command } from "./command.mjs";

const QUIET = ["--prefer-offline", "--no-audit", "--no-fund", "--silent"];

export class Project {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /** @param {string} source @param {{ scratch: string, tarball: string }} context */
  static async copy(source, { scratch, tarball }) {
    const folder = join(scratch, basename(source));
    await mkdir(folder, { recursive: true });
    await cp(source, folder, {
      recursive: true,
      filter: (path) => !["node_modules", "dist"].includes(basename(path)),
    });
    const project = new Project(folder);
    await project.install(tarball);
    return project;
  }

  /** @param {readonly string[]} packages */
  async install(...packages) {
    await this.run("npm", "install", ...QUIET, ...packages);
  }

  /** @param {string} program @param {readonly string[]} args */
  run(program, ...args) {
    return command(program, args, { cwd: this.folder });
  }

  /** A tool of the project's own. @param {string} tool @param {readonly string[]} args @param {Record<string, string>} [env] */
  tool(tool, args, env = {}) {
    return command(join(this.folder, "node_modules/.bin", tool), args, { cwd: this.folder, env });
  }
}
