/** Where in a JSON text something stands, by its JSON Pointer: for marking what is wrong with it. */

/** @typedef {{ start: number, end: number }} Range */

/** How deep values are looked into: what is nested deeper is none that anybody writes, and has no places. */
const DEEPEST = 500;

/**
 * The place of each value of a text that can be read, as far as it can be.
 *
 * @param {string} text
 * @returns {Map<string, Range>} by pointer; the whole text is ""
 */
export function places(text) {
  /** @type {Map<string, Range>} */
  const found = new Map();
  let at = 0;
  let depth = 0;
  const blank = () => {
    while (/\s/.test(text[at] ?? "")) at += 1;
  };
  const string = () => {
    const start = at;
    at += 1;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at = Math.min(at + 1, text.length);
    return text.slice(start, at);
  };
  /** @param {string} pointer @param {string} close @param {() => string} next the pointer of a member, behind its name */
  const members = (pointer, close, next) => {
    at += 1;
    blank();
    while (at < text.length && text[at] !== close) {
      const before = at;
      value(pointer + next());
      blank();
      if (text[at] === ",") at += 1;
      blank();
      // Nothing that can be read: the rest has no places.
      if (at === before || depth > DEEPEST) return;
    }
    at += 1;
  };
  /** @param {string} pointer */
  const value = (pointer) => {
    blank();
    const start = at;
    depth += 1;
    if (depth > DEEPEST) return;
    if (text[at] === "{") {
      members(pointer, "}", () => {
        const name = string();
        blank();
        if (text[at] === ":") at += 1;
        return `/${escaped(name)}`;
      });
    } else if (text[at] === "[") {
      let index = -1;
      members(pointer, "]", () => `/${(index += 1)}`);
    } else if (text[at] === '"') {
      string();
    } else {
      while (at < text.length && !/[\s,\]}]/.test(text[at])) at += 1;
    }
    // Once it is too deep it stays so, and nothing more is read.
    if (depth <= DEEPEST) depth -= 1;
    if (!found.has(pointer)) found.set(pointer, { start, end: Math.min(at, text.length) });
  };
  value("");
  return found;
}

/** The name of a property, as it stands in a pointer. @param {string} quoted */
function escaped(quoted) {
  let name = quoted;
  try {
    name = JSON.parse(quoted);
  } catch {
    // It is not well formed; what is told of it is then told of the whole.
  }
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/**
 * The place that a violation of a body is about: its own, or the nearest around it; where the text breaks off, there.
 *
 * @param {ReadonlyMap<string, Range>} known
 * @param {string} text
 * @param {{ pointer: string, message: string }} violation
 * @returns {Range}
 */
export function rangeOf(known, text, { pointer, message }) {
  const [, line, column] = /at line (\d+), column (\d+)/.exec(message) ?? [];
  if (line !== undefined) {
    const before = text.split("\n").slice(0, Number(line) - 1);
    const start = Math.min(before.reduce((sum, each) => sum + each.length + 1, 0) + Number(column) - 1, text.length);
    return { start, end: Math.min(start + 1, text.length) };
  }
  for (let path = pointer.replace(/^\/body/, ""); ; path = path.slice(0, path.lastIndexOf("/"))) {
    const range = known.get(path);
    if (range !== undefined) return range;
    if (path === "") return { start: 0, end: text.length };
  }
}

/** The line of a place, from 0. @param {string} text @param {number} offset */
export function lineOf(text, offset) {
  return text.slice(0, offset).split("\n").length - 1;
}
