/** `mock`: reads the contracts, binds, says so, and serves until it is told to end. */

import { readFile } from "node:fs/promises";
import { isIPv6 } from "node:net";
import { compiled } from "../../engine.js";
import { chanceOf, start } from "../create.js";
import { Addresses } from "./addresses.js";
import { Failure, Findings } from "./failure.js";
import { builtin, folder, text } from "./folders.js";
import { isLoopback } from "./hosts.js";
import { pageOf, withoutPage } from "./page.js";
import { closed, server } from "./server.js";
import { watch } from "./watch.js";

/** @typedef {import("./options.js").Options} Options */

/** @param {Options} options @param {string} version */
export async function serve(options, version) {
  const documents = await read(options);
  const module = await compiled(() => readFile(new URL("../../../dist/mock/bulk-delete-mock.wasm", import.meta.url)), "the mock", "it cannot run");
  const { frozen, settings, scenario } = options;
  const { host, wrong } = start(module, { ...documents, scenario, frozen, now: Date.now(), chance: chanceOf(), settings });
  if (wrong?.findings !== undefined) throw new Findings(wrong.findings.map(({ text: line }) => line));
  if (wrong !== undefined) throw new Failure(`--scenario names none of those there are: take one of ${wrong.scenarios.join(", ")}`);
  const page = options.page === undefined ? withoutPage : (await pageOf(options.page, version)).answer;
  const { maxBody, bodyTimeout } = options;
  /** @type {import("./server.js").Behind} */
  const behind = { host, limits: { maxBody, bodyTimeout, onlyLoopback: isLoopback(shown(options.host)) }, page, addresses: undefined };
  const listening = server(behind);
  const port = await bound(listening, options);
  const addresses = (behind.addresses = new Addresses(host, async (whose) => {
    const own = server(behind, whose);
    return { listening: own, url: urlOf(options.host, await bound(own, { ...options, port: 0 })) };
  }));
  host.listens(port);
  // Before it is said that the server is ready, so that whoever reads it may end it at once.
  const ended = new Promise((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
  // Whoever started the server may have closed its output; that is no reason not to serve.
  process.stdout.on("error", () => {});
  process.stdout.write(host.startPage(urlOf(options.host, port), options.json ? "line" : options.page === undefined ? "commands" : "page"));
  if (!isLoopback(shown(options.host))) {
    console.error(
      "warning: other machines can reach this mock and its control API, and it answers to any Host name: " +
        "it has no secrets worth keeping, but do not put any in",
    );
  }
  if (options.watch) watch({ host, served: documents, read: () => read(options), json: options.json });
  await ended;
  addresses.close();
  await closed(listening);
}

/** Everything that is served, as it is on the disk. @param {Options} options @returns {Promise<import("./watch.js").Documents>} */
async function read(options) {
  const world = options.world === undefined ? undefined : { place: options.world, text: await text(options.world) };
  return { folders: await foldersOf(options), world };
}

/** @param {string} host @param {number} port */
function urlOf(host, port) {
  return `http://${shown(local(host))}:${port}`;
}

/**
 * The built-in folders, then those that were given; one of the same name takes the place of a built-in one, but no two given ones
 * may have the same.
 *
 * @param {Options} options
 */
async function foldersOf({ contracts, only }) {
  const folders = only ? [] : await builtin();
  for (const directory of contracts) {
    const given = await folder(directory);
    const place = folders.findIndex(({ name }) => name === given.name);
    const other = folders[place];
    if (other !== undefined && !other.isBuiltIn) {
      throw new Failure(
        `${other.place} and ${given.place} are both called \`${given.name}\`, and a contract is called as its folder: rename one, or leave it out`,
      );
    }
    if (other === undefined) folders.push(given);
    else folders[place] = given;
  }
  return folders;
}

/** @param {import("node:http").Server} listening @param {{ host: string, port: number }} where @returns {Promise<number>} */
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
