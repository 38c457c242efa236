/** Reads the mock's JSON: integers that JavaScript would round become BigInt, as ids may be larger. */

/** A text, or a number. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** @param {string} text */
export function readJson(text) {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  // Longer than any text in it, so that no text is one of ours.
  const mark = "#".repeat(1 + Math.max(0, ...(text.match(/#+/g) ?? []).map(({ length }) => length)));
  const marked = text.replace(TOKENS, (token) => (/^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${mark}${token}"` : token));
  return JSON.parse(marked, (_, value) => (typeof value === "string" && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value));
}
