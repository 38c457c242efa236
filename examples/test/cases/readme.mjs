/** A new TypeScript project, as `npm create vite` makes one, of nothing but the first example of a README: the package's, and the project's. */

import assert from "node:assert/strict";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DevServer } from "../lib/dev-server.mjs";
import { serve } from "../lib/files.mjs";
import { Project } from "../lib/project.mjs";
import { FINE } from "../lib/story.mjs";
import { until } from "../lib/until.mjs";

/** @param {import("../run.mjs").Context} context */
export async function readme({ say, root, packageFolder, fixtures, mock, browser, ...context }) {
  const project = await Project.copy(join(fixtures, "readme"), context);
  await mkdir(join(project.folder, "src"));
  const main = join(project.folder, "src/main.ts");

  const whole = await firstExample(join(packageFolder, "README.md"));
  await writeFile(main, whole.replaceAll("http://127.0.0.1:4010", mock.url));
  // What the README says beside a line is what that line says.
  const told = [...whole.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment);
  assert.ok(told.length > 0, "the package's example does not say what it prints");
  await run(project, { mock, browser, told });
  say("the package's: type-checks, builds, and says what it says it says, also while it is developed");

  await writeFile(main, await firstExample(join(root, "README.md")));
  await cp(join(fixtures, "surroundings"), project.folder, { recursive: true });
  const page = join(project.folder, "index.html");
  const script = `<script src="/surroundings.js"></script>`;
  await writeFile(page, (await readFile(page, "utf8")).replace("<body>", `<body>\n    ${script}`));
  await run(project, { mock, browser, told: [`removed: ${FINE.id}`, "to retry: nothing"] });
  say("the project's, within an application: the same");
}

/** @param {string} path */
async function firstExample(path) {
  const example = /^```ts\n(.*?)^```$/ms.exec(await readFile(path, "utf8"))?.[1];
  assert.ok(example, `${path} has no example in TypeScript`);
  return example;
}

/**
 * @typedef {object} Visit
 * @property {import("../lib/browser.mjs").Browser} browser
 * @property {import("../lib/mock.mjs").Mock} mock
 * @property {readonly string[]} told what the page must log, in this order
 */

/** @param {Project} project @param {Visit} visiting */
async function run(project, visiting) {
  await project.tool("tsc", []);
  await project.tool("vite", ["build"]);
  for (const start of [() => serve(join(project.folder, "dist")), () => DevServer.start(project.folder)]) {
    const server = await start();
    try {
      await visit(server.url, visiting);
    } finally {
      server.stop();
    }
  }
}

/** @param {string} url @param {Visit} visiting */
async function visit(url, { mock, browser, told }) {
  await mock.reset();
  const page = new URL("/", url);
  page.searchParams.set("api", mock.url);
  await browser.visit(page.href, async (_page, lines) => {
    const last = /** @type {string} */ (told.at(-1));
    await until(() => lines.includes(last), () => `the page logged \`${lines.join("; ")}\`, and not \`${last}\``);
    assert.deepEqual(lines.filter((line) => told.includes(line)), told);
    assert.deepEqual(await mock.deleted(), [FINE.id], "what the mock deleted");
  });
}
