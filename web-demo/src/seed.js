/** Many rows, to see that it stays quick: the same every time. */

/** @typedef {import("./types.d.ts").Resource} Resource */

const WORDS = ["Budget", "Forecast", "Roadmap", "Campaign", "Ledger", "Archive", "Pilot", "Review", "Launch", "Survey"];

/**
 * @param {import("./world.js").World} world
 * @param {import("./types.d.ts").Container | undefined} container
 * @param {number} count
 * @returns {Resource[]}
 */
export function manyRows(world, container, count) {
  const owners = world.callers.map(({ id }) => id);
  const states = [...new Set(world.resources.flatMap(({ state }) => state ?? []))];
  const isInteger = typeof world.resources[0]?.id !== "string";
  return Array.from({ length: count }, (_, index) => ({
    kind: world.policy.resource,
    id: isInteger ? 1_000_000 + index : (0x5eed0000 + index).toString(16).padStart(32, "0"),
    ...(container && { container: `${container.kind}/${container.id}` }),
    name: `${WORDS[index % WORDS.length]} ${(index + 1).toLocaleString("en")}`,
    owner: owners[index % 7 === 3 ? 1 : 0],
    ...(states.length > 0 && { state: states[index % 5 === 4 ? (index / 5) % states.length | 0 : 0] }),
    attributes: { type: ["domain", "quest", "blog"][index % 3] },
    ...(index % 11 === 5 && { "visible-to": owners.slice(1, 2) }),
  }));
}
