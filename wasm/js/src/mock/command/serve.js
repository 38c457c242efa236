/** `mock`: reads the contracts, binds, says so, and serves until it is told to end. */

import { readFile } from "node:fs/promises";
import { isIPv6 } from "node:net";
import { compiled } from "../../engine.js";
import { chanceOf, start } from "../create.js";
import { Failure, Findings } from "./failure.js";
import { builtin, folder, text } from "./folders.js";
import { isLoopback } from "./hosts.js";
import { pageOf, withoutPage } from "./page.js";
import { server } from "./server.js";

/** @typedef {import("./options.js").Options} Options */

/** @param {Options} options @param {string} version */
export async function serve(options, version) {
  const folders = await foldersOf(options);
  const world = options.world === undefined ? undefined : { place: options.world, text: await text(options.world) };
  const module = await compiled(() => readFile(new URL("../../../dist/mock/bulk-delete-mock.wasm", import.meta.url)), "the mock", "it cannot run");
  const { host, findings } = start(module, { folders, world, frozen: options.frozen, now: Date.now(), chance: chanceOf(), settings: options.settings });
  if (findings.length > 0) throw new Findings(findings.map(({ text: line }) => line));
  const { maxBody, bodyTimeout } = options;
  const page = options.page === undefined ? withoutPage : (await pageOf(options.page, version)).answer;
  const listening = server({ host, limits: { maxBody, bodyTimeout, onlyLoopback: isLoopback(shown(options.host)) }, page });
  const port = await bound(listening, options);
  const url = `http://${shown(local(options.host))}:${port}`;
  // Before it is said that the server is ready, so that whoever reads it may end it at once.
  const ended = new Promise((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
  // Whoever started the server may have closed its output; that is no reason not to serve.
  process.stdout.on("error", () => {});
  const said = host.startPage(url, !options.json);
  process.stdout.write(options.page === undefined || options.json ? said : said.replace("\n", `\nOpen it in a browser: ${url}/\n`));
  if (!isLoopback(shown(options.host))) {
    console.error(
      "warning: other machines can reach this mock and its control API, and it answers to any Host name: " +
        "it has no secrets worth keeping, but do not put any in",
    );
  }
  await ended;
  await new Promise((resolve) => {
    listening.close(resolve);
    listening.closeIdleConnections();
    setTimeout(() => listening.closeAllConnections(), 5000).unref();
  });
}

/** The built-in folders, then those that were given; one of the same name takes the place of a built-in one. @param {Options} options */
async function foldersOf({ contracts, only }) {
  const folders = only ? [] : await builtin();
  for (const directory of contracts) {
    const given = await folder(directory);
    const place = folders.findIndex(({ name }) => name === given.name);
    if (place < 0) folders.push(given);
    else folders[place] = given;
  }
  return folders;
}

/** @param {import("node:http").Server} listening @param {Options} options @returns {Promise<number>} */
function bound(listening, { host, port }) {
  return new Promise((resolve, reject) => {
    listening.once("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      reject(
        new Failure(
          error.code === "EADDRINUSE"
            ? `port ${port} of ${host} is taken: end the program that listens there, or choose another with --port (0 takes a free one)`
            : `cannot listen on ${shown(host)}:${port}: ${error.message}`,
        ),
      );
    });
    listening.listen(port, host, () => resolve(/** @type {import("node:net").AddressInfo} */ (listening.address()).port));
  });
}

/** An address that works on this machine. @param {string} host */
function local(host) {
  return host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
}

/** An address as it stands in a URL. @param {string} host */
function shown(host) {
  return isIPv6(host) ? `[${host}]` : host;
}
