/** The address of the page: which API, which caller, what is selected. Whoever is given it sees the same. */

/** How many ids an address may hold, and how long they may be together; more are not in it, as no server would take it. */
const [MOST, LONGEST] = [150, 16_000];

/**
 * @typedef {object} Link
 * @property {string | null} api
 * @property {string | null} as the caller
 * @property {string | null} place the container
 * @property {"all" | readonly string[]} ids
 * @property {readonly string[]} without the facts that were taken away
 * @property {string | null} run where the mock runs
 */

/** @param {string} search @returns {Link} */
export function read(search) {
  const query = new URLSearchParams(search);
  const list = (/** @type {string} */ name) => query.get(name)?.split(",").filter((each) => each !== "") ?? [];
  return {
    api: query.get("api"),
    as: query.get("as"),
    place: query.get("in"),
    ids: query.get("ids") === "all" ? "all" : list("ids").map(decoded),
    without: list("without"),
    run: query.get("run"),
  };
}

/** Half a character is no part of an address. @param {string} text */
function encoded(text) {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}

/** What was written by hand may be no encoding: then it is taken as it is. @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {Link} link @returns {string} */
export function write({ api, as, place, ids, without, run }) {
  const query = new URLSearchParams();
  if (api !== null) query.set("api", api);
  if (as !== null) query.set("as", as);
  if (place !== null) query.set("in", place);
  if (ids === "all") query.set("ids", "all");
  else if (ids.length > 0 && ids.length <= MOST) {
    const all = ids.map(encoded).join(",");
    // One that is called so is not all of them.
    if (all.length <= LONGEST) query.set("ids", all === "all" ? "%61ll" : all);
  }
  if (without.length > 0) query.set("without", without.join(","));
  if (run !== null) query.set("run", run);
  return `?${query.toString().replaceAll("%2C", ",")}`;
}
