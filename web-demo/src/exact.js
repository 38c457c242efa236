/** JSON whose integers are exact: an id beyond 2^53 that was rounded would name another thing. */

const MARK = "\u0000integer:";

/** @param {string} text @returns {any} */
export function parseExactly(text) {
  if (!/(?:^|[:[,])\s*-?\d{16,}/.test(text)) return JSON.parse(text);
  // Texts are stepped over whole, so that no digits within them are taken for a number.
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])(-?\d{16,})(?![\d.eE])/g, (whole, digits) =>
    digits === undefined || Number.isSafeInteger(Number(digits)) ? whole : JSON.stringify(MARK + digits),
  );
  return JSON.parse(marked, (_, value) =>
    typeof value === "string" && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
  );
}

/** JSON with whole numbers of any size. @param {unknown} value @param {number} [indent] @returns {string} */
export function writeExactly(value, indent) {
  const text = JSON.stringify(value, (_, each) => (typeof each === "bigint" ? MARK + each : each), indent);
  return text.replaceAll(/"\\u0000integer:(-?\d+)"/g, "$1");
}
