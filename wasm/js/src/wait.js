/** How long a server asks to be left alone. */

/** A date as HTTP writes it: `Sun, 22 Nov 2026 02:00:00 GMT`. */
const DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * `Retry-After` in seconds, from a number or a date; `null` where it is not there or is neither.
 *
 * @param {any} headers
 */
export function waitOf(headers) {
  if (headers === undefined || headers === null) return null;
  let value;
  if (typeof headers.get === "function") value = headers.get("retry-after");
  else value = Object.entries(headers).find(([name]) => name.toLowerCase() === "retry-after")?.[1];
  if (value === null || value === undefined) return null;
  const text = String(value).trim();
  if (/^\d+$/.test(text)) return Number(text);
  const date = DATE.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
