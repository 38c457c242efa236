/** How long a server asks to be left alone. */

/**
 * `Retry-After` in seconds; `null` where it is not there, or is a date: what time it is, is not known here.
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
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
