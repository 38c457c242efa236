/**
 * Reads the documents again when they change, and serves them between two requests. The files are looked at from time to time: there
 * are few of them, and that works on every disk, whatever way an editor has of saving.
 */

import { Failure, told } from "./failure.js";

/** How often the files are looked at, in milliseconds. What has changed is taken once it has stayed the same for as long. */
const PAUSE = 200;

/** @typedef {{ folders: readonly import("../host.js").Folder[], world: import("../host.js").Document | undefined }} Documents */

/**
 * Starts to watch; ends with the process.
 *
 * @param {object} of
 * @param {import("../host.js").Host} of.host
 * @param {Documents} of.served
 * @param {() => Promise<Documents>} of.read
 * @param {boolean} of.json whether programs listen
 */
export function watch({ host, served, read, json }) {
  let now = served;
  let [tried, before] = [keyOf(served), keyOf(served)];
  let trouble = "";
  const look = async () => {
    try {
      const found = await read();
      const key = keyOf(found);
      trouble = "";
      if (key === before && key !== tried) {
        tried = key;
        now = exchange(found);
      }
      before = key;
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause;
      // An editor may be between taking the old file away and putting the new one there.
      if (cause.message !== trouble) console.error(`${cause.message}: what was served before goes on`);
      trouble = cause.message;
    }
    setTimeout(look, PAUSE).unref();
  };
  setTimeout(look, PAUSE).unref();

  /** Serves other documents, or tells why not. @param {Documents} found @returns {Documents} what is served then */
  function exchange(found) {
    const anew = worldsOf(found) !== worldsOf(now);
    const done = host.renew(found.folders, found.world, anew);
    if ("findings" in done) {
      const { findings } = done;
      if (json) {
        const rows = findings.map(({ document, pointer, message, line }) => ({ severity: "error", file: document, line, pointer, message }));
        process.stdout.write(`${JSON.stringify({ findings: rows, errors: rows.length, warnings: 0 })}\n`);
      } else {
        const lines = findings.map(({ text }) => text);
        console.error(`${lines.join("\n")}\n${told(lines)}: what was served before goes on`);
      }
      return now;
    }
    if (json) process.stdout.write(`${JSON.stringify({ reloaded: true, world: done.kept ? "kept" : "reset" })}\n`);
    else console.error(`Read again: the worlds ${done.kept ? "are as they were" : `begin anew, as ${anew ? "their seed has changed" : "they do not go with the contracts now"}`}`);
    return found;
  }
}

/** The documents without the examples, which nothing is served from. @param {Documents} documents */
function keyOf({ folders, world }) {
  return JSON.stringify([folders.map(({ start: _, ...rest }) => rest), world]);
}

/** What worlds are made of: seeds and scenarios. @param {Documents} documents */
function worldsOf({ folders, world }) {
  return JSON.stringify([world ?? folders.map((folder) => folder.world), folders.map(({ scenarios }) => scenarios)]);
}
