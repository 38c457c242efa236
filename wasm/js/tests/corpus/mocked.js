/** The corpus through a mock: the same in Node and in a browser. What is answered, and what has changed then, is as a case says. */

import { readSource } from "../support/source.js";
import { readCase } from "./exchanges.js";
import { differences } from "./matching.js";

/** When every case begins. */
const BEGINNING = "2026-11-21T22:03:00Z";

/**
 * A way to a mock.
 *
 * @typedef {object} Door
 * @property {(path: string, init: { method: string, headers: Record<string, string>, body?: Uint8Array }) => Promise<Response>} send a path with its query
 * @property {(request: import("./exchanges.js").Exchange["request"], status: number) => string | undefined} cannot why a request cannot be sent, or its answer be seen, as it is
 */

/**
 * @param {Door} door
 * @param {{ contracts: Record<string, { policy: string, world: string }>, cases: { file: string, contract: string, text: string }[] }} corpus
 */
export async function runMocked(door, { contracts, cases }) {
  /** What does not apply, by its reason. @type {Record<string, string[]>} */
  const left = {};
  /** @type {string[]} */
  const failed = [];
  const bearers = Object.fromEntries(Object.entries(contracts).map(([name, { policy }]) => [name, bearer(JSON.parse(policy))]));
  let exchanges = 0;
  for (const { file, contract: folder, text } of cases) {
    const { contract = folder, fault, exchanges: steps } = readCase(text);
    const why = steps.map(({ request, response }) => door.cannot(request, response.status)).find((no) => no);
    if (why !== undefined) {
      (left[why] ??= []).push(file);
      continue;
    }
    // As text, so that no number is rounded.
    const world = readSource(text).members?.get("world")?.text ?? contracts[contract].world;
    const visit = new Visit(door, bearers, readSource(world).value);
    await visit.begin(world);
    for (const [index, step] of steps.entries()) {
      exchanges += 1;
      const found = await visit.exchange(contract, step, fault).catch((cause) => [String(cause?.stack ?? cause)]);
      if (found.length > 0) {
        failed.push(`${file}#${index + 1}: ${found.join("\n  ")}`);
        break;
      }
    }
  }
  return { cases: cases.length, exchanges, left, failed };
}

/** The first token or JWT credential of a policy. @param {any} policy */
function bearer({ credentials }) {
  return credentials.find((/** @type {any} */ { kind }) => kind === "token" || kind === "jwt");
}

class Visit {
  /** @param {Door} door @param {Record<string, any>} bearers @param {any} world */
  constructor(door, bearers, world) {
    this.door = door;
    this.bearers = bearers;
    /** @type {Map<string, string>} */
    this.tokens = new Map((world.callers ?? []).flatMap((/** @type {any} */ { id, tokens = [] }) => (tokens.length > 0 ? [[id, tokens[0]]] : [])));
  }

  /** @param {string} world */
  async begin(world) {
    await this.control("POST", "reset");
    await this.control("POST", "clock", JSON.stringify({ now: BEGINNING }));
    await this.control("PUT", "world", world);
  }

  /** @param {string} method @param {string} call @param {string} [body] */
  async control(method, call, body) {
    const init = { method, headers: {}, ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }) };
    const answer = await this.door.send(`/__mock/${call}`, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${call}: ${answer.status} ${text}`);
    return text === "" ? undefined : readSource(text).value;
  }

  /** @param {string} contract @param {import("./exchanges.js").Exchange} step @param {boolean} fails whether the server fails */
  async exchange(contract, { advance, caller, scopes, request, expected, deleted }, fails) {
    if (fails) await this.control("POST", "faults", JSON.stringify({ contract, status: 500, times: 1 }));
    if (advance > 0) await this.control("POST", "clock", JSON.stringify({ advance }));
    const { method, path, query, bytes, hasBody } = request;
    const headers = { ...request.headers };
    const has = (/** @type {string} */ name) => Object.keys(headers).some((own) => own.toLowerCase() === name);
    if (caller !== undefined && !has("authorization") && !has("x-auth-token")) {
      const { kind, header, scheme } = this.bearers[contract];
      const known = kind === "token" && scopes === undefined ? this.tokens.get(caller) : undefined;
      const token = known ?? (await this.control("POST", "tokens", JSON.stringify({ caller, contract, scopes }))).token;
      headers[header] = scheme === undefined ? token : `${scheme} ${token}`;
    }
    const before = await (await this.door.send("/__mock/world", { method: "GET", headers: {} })).text();
    const answer = await this.door.send(query === undefined ? path : `${path}?${query}`, { method, headers, ...(hasBody ? { body: bytes } : {}) });
    const told = { status: answer.status, headers: answer.headers, text: await answer.text() };
    const found = differences(expected, told);
    const after = await (await this.door.send("/__mock/world", { method: "GET", headers: {} })).text();
    if (told.status >= 400 && after !== before) found.push(`an answer ${told.status} has changed the world`);
    if (deleted !== undefined) {
      const changes = await this.control("GET", "changes");
      const got = changes.deleted.map((/** @type {any} */ { id }) => String(id));
      if (got.join() !== deleted.map(String).join()) found.push(`deleted: expected ${deleted.join()}, got ${got.join()}`);
    }
    return found;
  }
}
