/** What is drawn by lot: numbers that a seed repeats, worlds that differ from the documents', and who calls. */

/** Numbers below a bound, the same for the same seed. @typedef {(below: number) => number} Lot */

/** @param {number} seed @returns {Lot} */
export function lots(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** One of several. @template T @param {Lot} lot @param {readonly T[]} several @returns {T} */
export function oneOf(lot, several) {
  return several[lot(several.length)];
}

/**
 * Makes something otherwise in a world.
 *
 * @param {any} world
 * @param {any} policy
 * @param {Lot} lot
 */
export function change(world, policy, lot) {
  const own = world.resources.filter((/** @type {any} */ { kind }) => kind === policy.resource);
  for (const resource of own) {
    if (lot(4) === 0) resource.owner = world.callers[lot(world.callers.length)].id;
    if (lot(4) === 0) resource["visible-to"] = world.callers.filter(() => lot(2) === 0).map((/** @type {any} */ { id }) => id);
    if (lot(4) === 0) resource.state = ["open", "closed"][lot(2)];
    if (lot(4) === 0) delete resource["on-delete"];
    if (lot(8) === 0) resource["on-delete"] = { fail: "Something else went wrong." };
  }
  for (const caller of world.callers) {
    for (const grant of caller.grants ?? []) {
      if (lot(5) === 0) grant.roles = [];
      if (lot(5) === 0) grant.permissions = (grant.permissions ?? []).filter(() => lot(2) === 0);
    }
    if (lot(6) === 0) caller.scopes = [];
  }
}

/**
 * The header by which a mock knows a caller.
 *
 * @param {any} mock
 * @param {string} contract
 * @param {any} policy
 * @param {string} caller
 * @param {number} [expiresIn] in seconds
 * @returns {Record<string, string>}
 */
export function credential(mock, contract, policy, caller, expiresIn) {
  const { header, scheme } = policy.credentials.find((/** @type {any} */ { kind }) => kind === "token" || kind === "jwt");
  const token = mock.token({ caller, contract, ...(expiresIn !== undefined && { expiresIn }) });
  return { [header]: scheme === undefined ? token : `${scheme} ${token}` };
}
