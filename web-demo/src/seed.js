/** Many rows, to see that it stays quick: the same every time. */

/** @typedef {import("./types.d.ts").Id} Id */
/** @typedef {import("./types.d.ts").Resource} Resource */

const WORDS = ["Budget", "Forecast", "Roadmap", "Campaign", "Ledger", "Archive", "Pilot", "Review", "Launch", "Survey"];

/**
 * @param {import("./world.js").World} world
 * @param {import("./types.d.ts").Container | undefined} container
 * @param {number} count
 * @param {"text" | "integer"} ids
 * @param {(id: Id) => boolean} isTaken whether a request may name such an id
 * @returns {Resource[]}
 */
export function manyRows(world, container, count, ids, isTaken) {
  const owners = world.callers.map(({ id }) => id);
  const states = [...new Set(world.resources.flatMap(({ state }) => state ?? []))];
  /** @type {Record<string, unknown>[]} */
  const attributes = world.resources.map((resource) => resource.attributes ?? {});
  const there = new Set(world.resources.map(({ id }) => world.keyOf(id)));
  const idOf = counting(ids, world.resources.map(({ id }) => id), isTaken);
  return Array.from({ length: count }, (_, index) => ({
    kind: world.policy.resource,
    id: idOf(index),
    ...(container && { container: `${container.kind}/${container.id}` }),
    name: `${WORDS[index % WORDS.length]} ${(index + 1).toLocaleString("en")}`,
    owner: owners[index % 7 === 3 ? 1 : 0],
    ...(states.length > 0 && { state: states[index % 5 === 4 ? (index / 5) % states.length | 0 : 0] }),
    ...(attributes.length > 0 && { attributes: attributes[index % attributes.length] }),
    ...(index % 11 === 5 && { "visible-to": owners.slice(1, 2) }),
    // What is there already stays as it is.
  })).filter(({ id }) => !there.has(world.keyOf(id)));
}

/**
 * Ids of the form that the API takes: the first of some that it does not refuse.
 *
 * @param {"text" | "integer"} ids
 * @param {readonly Id[]} there
 * @param {(id: Id) => boolean} isTaken
 * @returns {(index: number) => Id}
 */
function counting(ids, there, isTaken) {
  const hex = (/** @type {number} */ index, /** @type {number} */ length) => (0x5eed0000 + index).toString(16).padStart(length, "0");
  const [like = ""] = there.map(String);
  /** @type {((index: number) => Id)[]} */
  const forms =
    ids === "integer"
      ? [(index) => 1_000_000 + index, (index) => 10_000 + index, (index) => 1 + index]
      : [
          (index) => hex(index, 32),
          (index) => `00000000-0000-4000-8000-${hex(index, 12)}`,
          (index) => `row-${index + 1}`,
          (index) => String(1_000_000 + index),
          // One of those that there are, with another end.
          (index) => like.slice(0, -5) + String(index).padStart(5, "0"),
        ];
  return forms.find((form) => isTaken(form(9999))) ?? forms[0];
}
