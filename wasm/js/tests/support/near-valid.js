/** Bodies that are nearly valid: what a contract wants, with things put wrong here and there. */

import fc from "fast-check";

/** What stands where an id should: mostly an id. @param {boolean} whole whether ids are integers */
function id(whole) {
  const good = whole ? fc.integer() : fc.string({ minLength: 1, unit: "grapheme" });
  return fc.oneof(
    { weight: 12, arbitrary: good },
    { weight: 1, arbitrary: fc.constantFrom("", "a", " ", "\0", "\ud800", "ids") },
    { weight: 1, arbitrary: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true, max: 2 ** 52, min: -(2 ** 52) }), fc.integer()) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
    { weight: 1, arbitrary: fc.constantFrom(null, true, [], {}) },
  );
}

/** @param {any} contract @returns {fc.Arbitrary<any>} */
export function nearValid({ description }) {
  const ids = fc.array(id(description.name === "aisquare-experiences"), { maxLength: 60 });
  const list = fc.oneof({ weight: 8, arbitrary: ids }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });
  const other = fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 1 }));
  const [at, pointer] = description.ids;
  const idsName = at === "/body" ? pointer.slice(1) : undefined;
  const known = Object.fromEntries(description.properties.map((/** @type {string} */ name) => [name, name === idsName ? list : other]));
  const object = fc
    .tuple(fc.record(known, { requiredKeys: [] }), fc.record(known), fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.dictionary(fc.string(), other, { maxKeys: 2 }) }), fc.boolean())
    .map(([some, all, more, whole]) => ({ ...more, ...(whole ? all : some) }));
  return fc.oneof({ weight: 12, arbitrary: object }, { weight: 1, arbitrary: fc.jsonValue() });
}
