/** What the page lets the forecast know. Each fact can be taken away; what then cannot be decided is *unknown*. */

/** @typedef {import("./types.d.ts").Policy} Policy */
/** @typedef {{ key: string, label: string }} Topic */

/** By check: what it asks, and in which words. @type {Readonly<Record<string, Topic>>} */
const OF_CALLER = {
  "authenticated": { key: "credentials", label: "Whether the token still holds" },
  "scope": { key: "scopes", label: "What the token may be used for" },
  "role": { key: "roles", label: "The caller’s role" },
  "permission": { key: "rights", label: "The caller’s permissions" },
  "container-exists": { key: "container", label: "Whether the place exists, and is the caller’s" },
  "container-accessible": { key: "container", label: "Whether the place exists, and is the caller’s" },
};
/** @type {Readonly<Record<string, Topic>>} */
const OF_ITEM = {
  "exists": { key: "existence", label: "Which of them exist" },
  "accessible": { key: "access", label: "Which the caller can see" },
  "owned": { key: "owner", label: "Whose each is" },
  "permission": { key: "permissions", label: "The permissions on each" },
  "state-is": { key: "state", label: "The state of each" },
  "state-is-not": { key: "state", label: "The state of each" },
  "attribute": { key: "attributes", label: "The attributes of each" },
  "deletable": { key: "fail", label: "What else stands in the way" },
};

/** The facts that this contract asks for, each once. @param {Policy} policy @returns {Topic[]} */
export function topics({ checks }) {
  const all = [
    ...checks.item.map(({ check }) => OF_ITEM[check]),
    ...checks.caller.map(({ check }) => OF_CALLER[check]),
  ].filter((topic) => topic !== undefined);
  return [...new Map(all.map((topic) => [topic.key, topic])).values()];
}

/**
 * What is left of the facts of a caller.
 *
 * @param {ReturnType<import("./world.js").World["callerFacts"]>} all
 * @param {ReadonlySet<string>} without
 */
export function callerWithout(all, without) {
  if (all === null) return without.has("credentials") ? {} : null;
  const { id, authenticated, scopes, roles, permissions, containerExists, containerAccessible } = all;
  return {
    id,
    ...(!without.has("credentials") && { authenticated }),
    ...(!without.has("scopes") && { scopes }),
    ...(!without.has("roles") && { roles }),
    ...(!without.has("rights") && { permissions }),
    ...(!without.has("container") && { containerExists, containerAccessible }),
  };
}

/**
 * What is left of the facts of an item.
 *
 * @param {ReturnType<import("./world.js").World["itemFacts"]>} all
 * @param {ReadonlySet<string>} without
 */
export function itemWithout(all, without) {
  if (without.size === 0) return all;
  const { exists, accessible, owner, state, attributes, permissions, fail } = all;
  return {
    exists,
    ...(!without.has("access") && { accessible }),
    ...(!without.has("owner") && { owner }),
    ...(!without.has("state") && { state }),
    ...(!without.has("attributes") && { attributes }),
    ...(!without.has("permissions") && { permissions }),
    ...(!without.has("fail") && { fail }),
  };
}
