/** The address of the page: which API, which caller, what is selected. Whoever is given it sees the same. */

/** How many ids an address may hold; more are not in it. */
const MOST = 150;

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
  else if (ids.length > 0 && ids.length <= MOST) query.set("ids", ids.map(encodeURIComponent).join(","));
  if (without.length > 0) query.set("without", without.join(","));
  if (run !== null) query.set("run", run);
  return `?${query.toString().replaceAll("%2C", ",")}`;
}
