/** A request as one would write it elsewhere: for a shell, and in JavaScript. */

/** @typedef {{ method: string, url: string, headers: readonly (readonly [string, string])[], body: string }} Shown */

/** @param {Shown} request */
export function curl({ method, url, headers, body }) {
  const lines = [`curl -i -X ${method} ${word(url)}`, ...headers.map(([name, value]) => `-H ${word(`${name}: ${value}`)}`)];
  // Of the ways to send a body, the one that takes no `@` at its beginning for the name of a file.
  if (body !== "") lines.push(`--data-raw ${word(body)}`);
  return lines.join(" \\\n  ");
}

/** A word for a POSIX shell. @param {string} text */
function word(text) {
  return /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** @param {Shown} request */
export function fetchCall({ method, url, headers, body }) {
  const lines = [`const response = await fetch(${JSON.stringify(url)}, {`, `  method: ${JSON.stringify(method)},`];
  if (headers.length > 0) {
    lines.push("  headers: {", ...headers.map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`), "  },");
  }
  if (body !== "") lines.push(`  body: ${JSON.stringify(body)},`);
  return [...lines, "});"].join("\n");
}
