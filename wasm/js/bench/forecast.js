/** The forecast of a thousand items with reasons, beside code for one service and two libraries that decide by policies. */

import { BODIES } from "./inputs.js";
import { casl } from "./peers/casl.js";
import { asked, prepared } from "./peers/cedar.js";
import { plain } from "./peers/plain.js";

const COUNT = 1000;
const CALLER = { authenticated: true, roles: ["workspace-administrator"], containerExists: true };

/** @param {any} contract that of Anaplan @param {any} engine cedar-wasm */
export function forecasts(contract, engine) {
  const ids = BODIES["anaplan-models"].of(COUNT).modelIdsToDelete;
  const known = new Map(ids.map((id, index) => [id, factsOf(index)]));
  const facts = (/** @type {string} */ id) => known.get(id);
  const call = contract.call({ workspaceId: "8A81B09C5B0C6E3A", ids });
  const ours = () => contract.forecast(call, { caller: CALLER, facts }).items;
  const peers = {
    "by hand": { work: () => plain(ids, facts), target: { most: { node: 3, chromium: 3 } } },
    casl: { work: () => casl(ids, facts), target: { most: { node: 1 / 10, chromium: 1 / 10 } } },
    "cedar-wasm": {
      work: lazily(() => asked(engine), (decide) => decide(ids, facts)),
      target: { most: { node: 1 / 1000, chromium: 1 / 1000 } },
    },
    "cedar-wasm, policies parsed in advance": {
      work: lazily(() => prepared(engine), (decide) => decide(ids, facts)),
      target: { most: { node: 1 / 1000, chromium: 1 / 1000 } },
    },
  };
  return {
    tasks: Object.entries(peers).map(([peerName, { work, target }]) => ({
      what: `forecast, ${COUNT.toLocaleString("en")} items`,
      ours,
      peer: work,
      peerName,
      target,
    })),
    agree() {
      const told = ours();
      same("by hand", told, peers["by hand"].work());
      const short = told.map((/** @type {any} */ { id, verdict, code }) => ({ id, verdict, ...(code && { code }) }));
      for (const [name, { work }] of Object.entries(peers)) if (name !== "by hand") same(name, short, work());
    },
  };
}

/** Most can go; the others cannot for each of the reasons that there are. @param {number} index */
function factsOf(index) {
  if (index % 20 === 7) return null;
  const fail = index % 25 === 3 ? "It is locked." : null;
  return { name: `Model ${index}`, accessible: index % 50 !== 11, state: index % 5 === 0 ? "open" : "closed", fail };
}

/** @template T, R @param {() => T} make @param {(made: T) => R} use */
function lazily(make, use) {
  /** @type {T | undefined} */
  let made;
  return () => use((made ??= make()));
}

/** @param {string} who @param {any[]} ours @param {any[]} theirs */
function same(who, ours, theirs) {
  const place = ours.findIndex((item, index) => sorted(item) !== sorted(theirs[index]));
  if (ours.length === theirs.length && place < 0) return;
  const [own, other] = [ours, theirs].map((items) => JSON.stringify(items[Math.max(place, 0)]));
  throw new Error(`nothing was measured, as the forecasts differ: ours says ${own}, ${who} says ${other}`);
}

/** @param {any} item */
function sorted(item) {
  return JSON.stringify(Object.entries(item).sort());
}
