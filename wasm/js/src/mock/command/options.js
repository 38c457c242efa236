/** What can be said on the command line: the options of the binary's `serve`. */

import { isIP } from "node:net";
import { parseArgs } from "node:util";
import { DEFAULTS } from "../settings.js";
import { Failure } from "./failure.js";

export const HELP = `\
Serve the contracts on their documented paths, and a control API under /__mock/

Usage: bulk-delete mock [OPTIONS]

Options:
      --port <PORT>                  The port; 0 takes a free one and prints it [default: 4010]
      --host <ADDRESS>               The address to listen on; 0.0.0.0 lets other machines in, and answers to any Host name [default: 127.0.0.1]
      --contract <DIR>               A contract folder with openapi.json and policy.json (world.json, examples/start.json), served beside the
                                     built-in ones; one of the same name takes the place of the built-in one. May be given several times
      --only                         Serve only the contracts given with --contract
      --watch                        Read the folders of --contract and the file of --world again when they change. What is wrong is told, and
                                     what was served before goes on
      --world <FILE>                 A world.json that takes the place of the worlds of all contracts, and of their scenarios
      --scenario <NAME>              The named starting point that every session begins with: GET /__mock/scenarios lists them
      --clock <CLOCK>                Whether time runs (real), or stands still until POST /__mock/clock moves it (frozen) [default: real]
      --max-body <BYTES>             The largest body of a call that is taken; a larger one gets the contract's answer for it [default: 16777216]
      --body-timeout <MILLISECONDS>  How long a body may take to arrive [default: 10000]
      --require-session              Answer 400 to requests that name no session, instead of sharing one world among them
      --session-idle <SECONDS>       How long a session may be left alone before it is forgotten, by this machine's time [default: 3600]
      --max-sessions <COUNT>         How many sessions there may be at a time [default: 20000]
      --journal <COUNT>              How many requests and answers the journal keeps of a session; 0 keeps none [default: 1000]
      --journal-bytes <BYTES>        How many bytes the journal of a session has [default: 1048576]
      --journal-total-bytes <BYTES>  How many bytes the journals of all sessions have together [default: 8388608]
      --journal-body <BYTES>         How many bytes of a body the journal keeps [default: 2048]
      --page <DIR>                   A folder with a page to serve at /, such as \`cargo xtask page\` makes. It is read once, at the start
      --json                         Print one line of JSON when ready, instead of a page for people
  -h, --help                         Print help
  -V, --version                      Print version

As \`bulk-delete-mock serve\`, with two things missing: HTTP/2, which Node has over TLS only, and --state, as every page that loads the
mock would load what writes its world down. Documents are checked by \`bulk-delete-mock lint\` and drafted by \`bulk-delete-mock new\`.
`;

/**
 * @typedef {object} Options
 * @property {number} port
 * @property {string} host
 * @property {readonly string[]} contracts
 * @property {boolean} only
 * @property {boolean} watch
 * @property {string | undefined} world
 * @property {string | undefined} scenario
 * @property {boolean} frozen
 * @property {number} maxBody
 * @property {number} bodyTimeout
 * @property {import("../settings.js").Settings} settings
 * @property {string | undefined} page
 * @property {boolean} json
 */

/** @param {string[]} words @returns {Options | "help" | "version"} */
export function read(words) {
  const { values, positionals } = parsed(words);
  if (values.help) return "help";
  if (values.version) return "version";
  const [command, ...more] = positionals;
  if (command === undefined) throw wrong("a command is missing: there is `mock`");
  if (command !== "mock") throw wrong(`there is no command \`${command}\`: there is \`mock\``);
  if (more.length > 0) throw wrong(`unexpected \`${more[0]}\``);
  const { contract: contracts, only, watch, world, scenario, clock, page, json } = values;
  if (only && contracts.length === 0) throw wrong("--only needs --contract");
  if (watch && contracts.length === 0 && world === undefined) throw wrong("--watch needs --contract or --world");
  if (scenario !== undefined && world !== undefined) throw wrong("--scenario cannot be used with --world");
  if (clock !== "real" && clock !== "frozen") throw wrong(`--clock must be real or frozen, and is \`${clock}\``);
  for (const [name, value] of Object.entries({ world, page, contract: contracts.find((each) => each === "") })) {
    if (value === "") throw wrong(`--${name} needs a value`);
  }
  return {
    port: whole("port", values.port, 65_535),
    host: address(values.host),
    contracts,
    only,
    watch,
    world,
    scenario,
    frozen: clock === "frozen",
    maxBody: whole("max-body", values["max-body"], Number.MAX_SAFE_INTEGER),
    bodyTimeout: whole("body-timeout", values["body-timeout"], 0x7fffffff),
    settings: {
      requireSession: values["require-session"],
      sessionIdle: whole("session-idle", values["session-idle"], 0xffffffff),
      maxSessions: whole("max-sessions", values["max-sessions"], 0xffffffff),
      journal: whole("journal", values.journal, 0xffffffff),
      journalBytes: whole("journal-bytes", values["journal-bytes"], 0xffffffff),
      journalTotalBytes: whole("journal-total-bytes", values["journal-total-bytes"], 0xffffffff),
      journalBody: whole("journal-body", values["journal-body"], 0xffffffff),
    },
    page,
    json,
  };
}

/** @param {string[]} words */
function parsed(words) {
  const { tokens, ...told } = understood(words);
  const names = tokens.flatMap((token) => (token.kind === "option" && token.name !== "contract" ? token.name : []));
  const again = names.find((name, index) => names.indexOf(name) < index);
  if (again !== undefined) throw wrong(`--${again} may be given only once`);
  return told;
}

/** @param {string[]} words */
function understood(words) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      tokens: true,
      options: {
        port: { type: "string", default: "4010" },
        host: { type: "string", default: "127.0.0.1" },
        contract: { type: "string", multiple: true, default: [] },
        only: { type: "boolean", default: false },
        watch: { type: "boolean", default: false },
        world: { type: "string" },
        scenario: { type: "string" },
        page: { type: "string" },
        clock: { type: "string", default: "real" },
        "max-body": { type: "string", default: String(16 << 20) },
        "body-timeout": { type: "string", default: "10000" },
        "require-session": { type: "boolean", default: false },
        "session-idle": { type: "string", default: String(DEFAULTS.sessionIdle) },
        "max-sessions": { type: "string", default: String(DEFAULTS.maxSessions) },
        journal: { type: "string", default: String(DEFAULTS.journal) },
        "journal-bytes": { type: "string", default: String(DEFAULTS.journalBytes) },
        "journal-total-bytes": { type: "string", default: String(DEFAULTS.journalTotalBytes) },
        "journal-body": { type: "string", default: String(DEFAULTS.journalBody) },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
        version: { type: "boolean", short: "V", default: false },
      },
    });
  } catch (cause) {
    throw wrong(/** @type {Error} */ (cause).message);
  }
}

/** What to listen on. Node would take nothing for every address of the machine, and look names up. @param {string} text */
function address(text) {
  const host = text === "localhost" ? "127.0.0.1" : text.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) === 0) throw wrong(`--host must be an IP address, such as 127.0.0.1 or ::1, and is \`${text}\``);
  return host;
}

/** @param {string} name @param {string} text @param {number} most */
function whole(name, text, most) {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(number <= most)) throw wrong(`--${name} must be a whole number up to ${most}, and is \`${text}\``);
  return number;
}

/** @param {string} what */
function wrong(what) {
  return new Failure(`${what}\n\nFor more, try \`bulk-delete --help\``);
}
