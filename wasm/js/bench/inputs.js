/** The requests that are checked: ids that look like a service's own, the same in every run. */

/** @param {number} seed */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

/** @param {number} count */
function hexadecimal(count) {
  const next = numbers(count);
  const word = () => next().toString(16).padStart(8, "0").toUpperCase();
  return Array.from({ length: count }, () => [word(), word(), word(), word()].join(""));
}

/** @param {number} count */
function integers(count) {
  const next = numbers(count);
  return Array.from({ length: count }, () => next() % 10_000_000);
}

/**
 * The bodies, by contract: what a valid one is, and what it is told apart by. What readers of JSON disagree about by their
 * nature (a name given twice, numbers beyond 2^53, half characters) is not among them.
 */
export const BODIES = {
  "anaplan-models": {
    /** @param {number} count */
    of: (count) => ({ modelIdsToDelete: hexadecimal(count) }),
    good: [
      '{"modelIdsToDelete":["8A81B09C5B0C6E3A015B0E3B5E7A0001"]}',
      ' { "modelIdsToDelete" : [ "a" , "a", "" ] } ',
      '{"modelIdsToDelete":["\\u0041\\n\\"\\\\", "ä€😀"]}',
      '{"modelIdsToDelete":["\\ud83d\\ude00"]}',
    ],
    bad: [
      "",
      "{",
      "[]",
      "null",
      "{}",
      '{"modelIdsToDelete":[]}',
      '{"modelIdsToDelete":null}',
      '{"modelIdsToDelete":{}}',
      '{"modelIdsToDelete":"a"}',
      '{"modelIdsToDelete":[1]}',
      '{"modelIdsToDelete":["a",null]}',
      '{"modelIdsToDelete":["a",["b"]]}',
      '{"modelIdsToDelete":["a"],"more":1}',
      '{"modelIdsToDelete":["a",]}',
      '{"modelIdsToDelete":["a"]}}',
      '{"modelIdsToDelete":["a\n"]}',
      '{"modelIdsToDelete":["\\x"]}',
      '{"modelIdsToDelete":["a" "b"]}',
      '{"modelidstodelete":["a"]}',
    ],
  },
  "aisquare-experiences": {
    /** @param {number} count */
    of: (count) => ({ ids: integers(count) }),
    good: [
      '{"ids":[]}',
      '{"ids":[1,2,3,2]}',
      '{"ids":[0,-0,-7,7101.0,1e3,10e-1,9007199254740991]}',
      '{"ids":[1],"note":"x","more":{"deep":[null,true]}}',
      '\t{"ids"\n:\r[1 , 2 ] }',
    ],
    bad: [
      "",
      '{"ids"',
      "7",
      "[1]",
      "{}",
      '{"ids":null}',
      '{"ids":7}',
      '{"ids":["7"]}',
      '{"ids":[1,"2"]}',
      '{"ids":[1.5]}',
      '{"ids":[1e-1]}',
      '{"ids":[true]}',
      '{"ids":[null]}',
      '{"ids":[[1]]}',
      '{"ids":[01]}',
      '{"ids":[1.]}',
      '{"ids":[.5]}',
      '{"ids":[+1]}',
      '{"ids":[1,,2]}',
      '{"ids":[1]}x',
    ],
  },
};

/** How many ids a request names. */
export const COUNTS = [1, 50, 1000, 100_000];
