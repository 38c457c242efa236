/** The same knowledge with something taken away, in ways that pages have it: always the same ways, so that a failure stays. */

/** @typedef {{ caller: any, facts: ((id: any) => any) | undefined }} Knowledge */

/** @param {Knowledge} known @returns {{ name: string, knowledge: Knowledge }[]} */
export function lessKnown({ caller, facts }) {
  let asked = 0;
  const everyOther = (/** @type {any} */ id) => {
    asked += 1;
    return asked % 2 === 0 ? facts?.(id) : undefined;
  };
  const without = (/** @type {string[]} */ ...keys) => (/** @type {any} */ id) => omit(facts?.(id), keys);
  return [
    { name: "nothing", knowledge: { caller: undefined, facts: undefined } },
    { name: "the caller only", knowledge: { caller, facts: undefined } },
    { name: "the items only", knowledge: { caller: undefined, facts } },
    { name: "every other item", knowledge: { caller, facts: everyOther } },
    { name: "no permissions of items", knowledge: { caller, facts: without("permissions") } },
    { name: "no visibility and no state", knowledge: { caller, facts: without("accessible", "state") } },
    { name: "no owner and no failures", knowledge: { caller, facts: without("owner", "fail") } },
    { name: "no permissions of the caller", knowledge: { caller: omit(caller, ["permissions", "roles"]), facts } },
    { name: "not whether the caller is known", knowledge: { caller: caller && omit(caller, ["authenticated", "containerAccessible"]), facts } },
  ];
}

/** @param {any} object @param {string[]} keys */
function omit(object, keys) {
  if (object == null) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
