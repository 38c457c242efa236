/** Makes a mock of contracts, or tells everything that is wrong with their documents. */

import { folders as ofPackage } from "../../dist/mock/folders.js";
import { COMPILED } from "../builtin.js";
import { text } from "../document.js";
import { compiled } from "../engine.js";
import { ContractError, show } from "../errors.js";
import { clockOf } from "./clock.js";
import { Host } from "./host.js";
import { Mock } from "./mock.js";
import { settingsOf } from "./settings.js";

/** What a world given beside the contracts is called in problems. */
const WORLD = "world";
/** What is so where there is no WebAssembly. */
const WITHOUT = "the mock cannot run";

/** @typedef {(mock: Mock, options: any) => Promise<import("../../mock.js").Interception>} Intercept */

/**
 * What differs from place to place.
 *
 * @typedef {object} Platform
 * @property {() => import("../engine.js").Source | Promise<import("../engine.js").Source>} source
 * @property {Intercept} intercept
 */

/** @param {Platform} platform */
export function creator({ source, intercept }) {
  /** Compiled once; what failed is tried again. @type {Promise<WebAssembly.Module> | undefined} */
  let ready;
  const own = () =>
    (ready ??= compiled(source, "the mock", WITHOUT).catch((cause) => {
      ready = undefined;
      throw cause;
    }));

  /** @param {any} options @returns {Promise<Mock>} */
  return async function createMock(options) {
    if (typeof options !== "object" || options === null) {
      throw new TypeError(`options: they must be an object with contracts, and are ${show(options)}`);
    }
    const { contracts, world, scenario, clock = "real", seed, module } = options;
    const folders = foldersOf(Array.isArray(contracts) ? await Promise.all(contracts.map(whole)) : contracts);
    if (scenario !== undefined && typeof scenario !== "string") throw new TypeError(`scenario: it must be a name, and is ${show(scenario)}`);
    if (scenario !== undefined && world !== undefined) {
      throw new TypeError("scenario: there are none where a world takes the place of the contracts' own, which they begin from");
    }
    const worldText = world === undefined ? undefined : { place: WORLD, text: text(WORLD, world, WORLD) };
    const settings = settingsOf(options);
    const { frozen, read } = clockOf(clock);
    const chance = chanceOf(seed);
    const made = module === undefined ? await own() : await compiled(() => module, "the mock", WITHOUT);
    const { host, wrong } = start(made, { folders, world: worldText, scenario, frozen, now: read(), chance, settings });
    if (wrong?.findings !== undefined) {
      throw new ContractError(wrong.findings.map(({ document, pointer, message }) => Object.freeze({ document, pointer, message })));
    }
    if (wrong !== undefined) {
      throw new TypeError(`scenario: there is none called ${show(scenario)}: ${wrong.scenarios.length === 0 ? "the contracts have none" : `take one of ${wrong.scenarios.join(", ")}`}`);
    }
    return new Mock(host, read, intercept);
  };
}

/**
 * Starts a mock in an instance of its own. Where something is wrong, it has not started.
 *
 * @param {WebAssembly.Module} module
 * @param {object} of
 * @param {readonly import("./host.js").Folder[]} of.folders
 * @param {import("./host.js").Document | undefined} [of.world] in the place of the folders' own
 * @param {string | undefined} [of.scenario] that every session begins with
 * @param {boolean} of.frozen
 * @param {number} of.now
 * @param {Uint8Array} of.chance
 * @param {import("./settings.js").Settings} of.settings
 */
export function start(module, { folders, world, scenario, frozen, now, chance, settings }) {
  const host = new Host(module);
  host.options(settings);
  for (const folder of folders) host.add(folder);
  if (world !== undefined) host.replaceWorlds(world);
  if (scenario !== undefined) host.beginWith(scenario);
  return { host, wrong: host.start(chance, frozen, now) };
}

/**
 * A contract as the mock runs it. What a page loads of the package to check and forecast with is a part of that.
 *
 * @param {any} contract
 */
async function whole(contract) {
  if (contract?.[COMPILED] === undefined) return contract;
  return (await ofPackage[/** @type {keyof typeof ofPackage} */ (contract.name)]()).default;
}

/** @param {unknown} contracts @returns {import("./host.js").Folder[]} */
function foldersOf(contracts) {
  if (!Array.isArray(contracts) || contracts.length === 0) {
    throw new TypeError(`contracts: there must be a list of at least one contract, and there is ${show(contracts)}`);
  }
  /** @type {Set<string>} */
  const names = new Set();
  return contracts.map((contract, index) => {
    const place = `contracts[${index}]`;
    if (typeof contract !== "object" || contract === null) {
      throw new TypeError(`${place}: it must be an object with openapi and policy, and is ${show(contract)}`);
    }
    const { name = "contract", openapi, policy, world, start, scenarios = {} } = contract;
    if (typeof name !== "string" || name === "") throw new TypeError(`${place}.name: it must be a text, and is ${show(name)}`);
    if (names.has(name)) throw new TypeError(`${place}: another contract is called ${name} already`);
    names.add(name);
    const [openapiText, policyText] = [
      text(`${place}.openapi`, openapi, `${name}/openapi.json`),
      text(`${place}.policy`, policy, `${name}/policy.json`),
    ];
    const optional = (/** @type {string} */ key, /** @type {unknown} */ value) =>
      value === undefined || value === null ? undefined : text(`${place}.${key}`, value, `${name}/${key}.json`);
    return {
      name,
      place: name,
      openapi: openapiText,
      policy: policyText,
      world: optional("world", world),
      start: optional("start", start),
      scenarios: scenariosOf(place, name, scenarios),
    };
  });
}

/** @param {string} place @param {string} contract @param {unknown} scenarios */
function scenariosOf(place, contract, scenarios) {
  if (typeof scenarios !== "object" || scenarios === null || Array.isArray(scenarios)) {
    throw new TypeError(`${place}.scenarios: it must be an object with a document for each name, and is ${show(scenarios)}`);
  }
  return Object.entries(scenarios).map(([name, value]) => {
    return /** @type {const} */ ([name, text(`${place}.scenarios.${name}`, value, `${contract}/scenarios/${name}.json`)]);
  });
}

/** @param {unknown} [seed] */
export function chanceOf(seed) {
  if (seed === undefined) return crypto.getRandomValues(new Uint8Array(32));
  if (seed instanceof Uint8Array && seed.length === 32) return seed;
  throw new TypeError("seed: it must be 32 bytes in a Uint8Array: the same bytes give the same ids and tokens");
}
