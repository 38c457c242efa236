/**
 * An API of the user's own, as its documents and its world tell of it: what the five have been given by hand. Loaded only where a
 * server has one.
 */

import { CLEAR, NOBODY, OWN, SHARE } from "./apis.js";

/** How many callers are offered. */
const CALLERS = 20;
/** How many names stand in a hint. */
const NAMES = 3;

/** @typedef {import("./types.d.ts").Api} Api */
/** @typedef {import("./types.d.ts").Caller} Caller */
/** @typedef {import("./types.d.ts").Policy} Policy */
/** @typedef {import("./types.d.ts").Persona} Persona */
/** @typedef {import("./types.d.ts").WorldFile} WorldFile */

/**
 * What the documents say. Who calls stands in the world, which is read when it is chosen.
 *
 * @param {string} name
 * @param {{ openapi: string, policy: string }} texts
 * @returns {Api}
 */
export function described(name, texts) {
  const openapi = JSON.parse(texts.openapi);
  /** @type {Policy} */
  const policy = JSON.parse(texts.policy);
  const thing = worded(policy.resource);
  const things = several(thing);
  const title = String(openapi.info?.title ?? name);
  const together = policy.atomicity === "all" ? "All or nothing" : "Each on its own";
  return {
    name,
    title: title.toLowerCase().includes(thing.toLowerCase()) ? title : `${title}: ${things}`,
    thing,
    things,
    place: policy.container === undefined ? "" : capital(worded(policy.container.kind)),
    answers: `Your contract. ${together}${policy.effects?.when === "later" ? ", then in the background" : ""}`,
    ids: isInteger(openapi, policy) ? "integer" : "text",
    callers: [],
    obstacles: {},
    isOwn: true,
    given: givenOf(openapi, policy),
  };
}

/**
 * The same with what its world says.
 *
 * @param {Api} api
 * @param {WorldFile} file
 * @param {Policy} policy
 * @returns {Api}
 */
export function peopled(api, { callers = [], resources = [] }, policy) {
  const own = resources.filter(({ kind }) => kind === policy.resource);
  const held = new Set(own.flatMap(({ container }) => container ?? []));
  const kind = policy.container?.kind;
  return {
    ...api,
    ids: own.length === 0 ? api.ids : typeof own[0].id === "string" ? "text" : "integer",
    callers: personas(api, callers, own, held, policy),
    obstacles: obstacles(policy, [...new Set(own.flatMap(({ state }) => state ?? []))]),
    places: new Set([...held].flatMap((reference) => (reference.startsWith(`${kind}/`) ? reference.slice(`${kind}/`.length) : []))),
  };
}

/**
 * Everybody who can prove who they are; those first who have to do with what there is.
 *
 * @param {Api} api
 * @param {readonly Caller[]} callers
 * @param {readonly import("./types.d.ts").Resource[]} own
 * @param {ReadonlySet<string>} held the containers in which there is something
 * @param {Policy} policy
 * @returns {Persona[]}
 */
function personas(api, callers, own, held, { credentials, checks }) {
  const has = (/** @type {string} */ kind) => credentials.some((credential) => credential.kind === kind);
  const isMade = has("token") || has("jwt");
  const named = new Set(own.flatMap(({ owner, "visible-to": seers = [] }) => [owner, ...seers]));
  const owners = new Set(own.map(({ owner }) => owner));
  const asked = new Set([...checks.caller, ...checks.item].map(({ check }) => check));
  const known = callers.filter(({ login }) => isMade || (has("basic") && login !== undefined));
  const isNear = (/** @type {Caller} */ { id, grants = [] }) => named.has(id) || grants.some(({ container }) => held.has(container));
  const offered = [...known.filter(isNear), ...known.filter((caller) => !isNear(caller))].slice(0, CALLERS);
  const keys = new Set(offered.map(({ id }) => id));
  /** @type {Persona[]} */
  const all = offered.map((caller) => {
    const owns = asked.has("owned") ? `Owns ${owners.has(caller.id) ? "some" : "none"} of the ${api.things}.` : "";
    return { key: caller.id, caller: caller.id, label: caller.id, hint: `${rights(api, caller, held, asked)} ${owns}`.trim() || "Is known to the server." };
  });
  if (isMade && all.length > 0) {
    const [{ caller, label }] = all;
    const hint = "The credentials no longer hold, whoever they belong to.";
    all.push({ key: free("expired", keys), caller, label: `${label}, whose token has expired`, hint, expired: true });
  }
  const isSigned = known.length === 0 && callers.length > 0;
  const hint = isSigned ? "No caller of this world can log in from this page: it signs no requests." : NOBODY.hint;
  return [...all, { ...NOBODY, label: isMade ? NOBODY.label : "Nobody: no credentials at all", key: free(NOBODY.key, keys), hint }];
}

/**
 * What a caller may, as far as it is asked for.
 *
 * @param {Api} api
 * @param {Caller} caller
 * @param {ReadonlySet<string>} held the containers in which there is something
 * @param {ReadonlySet<string>} asked the checks
 */
function rights(api, { grants = [], scopes = [] }, held, asked) {
  const sentences = [];
  const at = api.place.toLowerCase();
  if (at !== "") {
    const here = grants.filter(({ container }) => held.size === 0 || held.has(container));
    const places = here.map(({ container }) => container.slice(container.indexOf("/") + 1));
    const all = here.flatMap(({ roles = [], permissions = [] }) => [...(asked.has("role") ? roles : []), ...(asked.has("permission") ? permissions : [])]);
    const rights = [...new Set(all)];
    const where = places.length === 1 ? places[0] : `${places.length} ${several(at)}`;
    if (places.length === 0) sentences.push(`Has nothing to do with any ${at}.`);
    else sentences.push(`Works in ${where}${rights.length === 0 ? "" : `, with ${some(rights)}`}.`);
  }
  if (asked.has("scope")) sentences.push(`The token is good for ${some(scopes) || "nothing"}.`);
  return sentences.join(" ");
}

/** @param {readonly string[]} names */
function some(names) {
  const more = names.length - NAMES;
  return names.slice(0, NAMES).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** A key that no caller has. @param {string} key @param {ReadonlySet<string>} keys @returns {string} */
function free(key, keys) {
  return keys.has(key) ? free(`${key}-`, keys) : key;
}

/** What may stand in the way and can be taken out of it. @param {Policy} policy @param {readonly string[]} states @returns {Api["obstacles"]} */
function obstacles({ checks }, states) {
  /** @type {Api["obstacles"]} */
  const found = {};
  const barred = new Set(checks.item.flatMap(({ check, state }) => (check === "state-is-not" ? (state ?? []) : [])));
  for (const { check, state } of checks.item) {
    if (check === "accessible") found[check] = SHARE;
    if (check === "owned") found[check] = OWN;
    if (check === "deletable") found[check] = CLEAR;
    const wanted = check === "state-is" ? state : check === "state-is-not" ? [...states, "closed", "other"].find((each) => !barred.has(each)) : undefined;
    if (wanted !== undefined) found[check] = { label: `Make it ${worded(wanted)}`, state: wanted };
  }
  return found;
}

/** Whether the documents want integers as ids. @param {any} openapi @param {Policy} policy */
function isInteger(openapi, policy) {
  const [, at, ...names] = policy.ids.at.split("/");
  const { parameters, body } = requestOf(openapi, policy);
  let schema = at === "body" ? body : resolved(openapi, parameters.find((each) => each.in === at && each.name === names[0])?.schema);
  for (const name of at === "body" ? names : []) schema = resolved(openapi, schema?.properties?.[name]);
  return (resolved(openapi, schema?.items) ?? schema)?.type === "integer";
}

/**
 * What a request needs beside ids, container and credentials, as the documents show it: without it every request would be refused.
 *
 * @param {any} openapi
 * @param {Policy} policy
 * @returns {Record<string, unknown>}
 */
function givenOf(openapi, policy) {
  const { parameters, body } = requestOf(openapi, policy);
  const told = new Set([policy.ids.at, policy.container?.id ?? ""].map((pointer) => pointer.split("/")[2]));
  const proofs = new Set(policy.credentials.map(({ header = "authorization" }) => header.toLowerCase()));
  /** @type {Record<string, unknown>} */
  const given = {};
  const give = (/** @type {string} */ name, /** @type {unknown} */ value) => {
    if (!told.has(name) && value !== undefined) given[name] = value;
  };
  for (const { name, required, schema, example, in: at } of parameters) {
    const isProof = at === "header" && proofs.has(name.toLowerCase());
    if (required && !isProof && at !== "cookie") give(name, example ?? sample(resolved(openapi, schema)));
  }
  for (const name of body?.required ?? []) give(name, sample(resolved(openapi, body.properties?.[name])));
  return given;
}

/** A value that a schema shows. @param {any} schema @returns {unknown} */
function sample(schema) {
  const { example, examples, default: usual, const: only, enum: all, type } = schema ?? {};
  return example ?? examples?.[0] ?? usual ?? only ?? all?.[0] ?? (type === "boolean" ? false : undefined);
}

/** The parameters of the operation, and the schema of its body. @param {any} openapi @param {Policy} policy @returns {{ parameters: any[], body: any }} */
function requestOf(openapi, policy) {
  for (const path of Object.values(/** @type {Record<string, any>} */ (openapi.paths))) {
    for (const operation of Object.values(path)) {
      if (operation?.operationId !== policy.operation) continue;
      const parameters = [...(path.parameters ?? []), ...(operation.parameters ?? [])].map((each) => resolved(openapi, each));
      const content = resolved(openapi, operation.requestBody)?.content ?? {};
      const [media] = /** @type {any[]} */ (Object.values(content));
      return { parameters, body: resolved(openapi, media?.schema) };
    }
  }
  return { parameters: [], body: undefined };
}

/** What a reference within the document leads to. @param {any} openapi @param {any} value @returns {any} */
function resolved(openapi, value) {
  const names = value?.$ref?.split("/").slice(1);
  if (names === undefined) return value;
  const part = (/** @type {any} */ within, /** @type {string} */ name) => within?.[decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~")];
  return resolved(openapi, names.reduce(part, openapi));
}

/** A name of documents as words: `scheduled-task`, `scheduledTask`. @param {string} name */
function worded(name) {
  return name.replaceAll(/([a-z])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`).replaceAll(/[-_\s]+/g, " ").trim() || name;
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {string} one */
function several(one) {
  if (/[^aeiou]y$/i.test(one)) return `${one.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/i.test(one) ? `${one}es` : `${one}s`;
}
