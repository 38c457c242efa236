/**
 * Reads JSON without losing what JavaScript loses: every value keeps where it stands in the text, integers beyond 2^53 become
 * BigInt, and numbers that no JavaScript number is equal to become {@link Inexact}. The cases hold `1e999999999`.
 */

/** A number that JavaScript has no equal of. */
export class Inexact {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/**
 * A value, and the text it was read from.
 *
 * @typedef {object} Node
 * @property {any} value objects and arrays hold values, not nodes
 * @property {string} text
 * @property {Map<string, Node> | undefined} members of an object
 * @property {readonly Node[] | undefined} elements of an array
 */

/** @param {string} text @returns {Node} */
export function readSource(text) {
  const reader = new Reader(text);
  const node = reader.value();
  reader.blank();
  if (reader.at !== text.length) throw new SyntaxError(`there is more after the value, at ${reader.at}`);
  return node;
}

/** Whether a value holds a number that JavaScript has no equal of. @param {any} value @returns {boolean} */
export function isInexact(value) {
  if (value instanceof Inexact) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isInexact);
}

class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  blank() {
    while (" \t\r\n".includes(this.text[this.at] ?? "x")) this.at += 1;
  }

  /** @param {string} mark */
  is(mark) {
    this.blank();
    if (this.text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }

  /** @param {string} mark */
  must(mark) {
    if (!this.is(mark)) throw new SyntaxError(`${mark} is missing at ${this.at}`);
  }

  /** @param {RegExp} form sticky */
  token(form) {
    form.lastIndex = this.at;
    const [token] = form.exec(this.text) ?? [];
    if (token === undefined) throw new SyntaxError(`no JSON at ${this.at}`);
    this.at += token.length;
    return token;
  }

  /** @returns {Node} */
  value() {
    this.blank();
    const start = this.at;
    const node = (/** @type {any} */ value, /** @type {Partial<Node>} */ parts = {}) => ({
      value,
      text: this.text.slice(start, this.at),
      members: parts.members,
      elements: parts.elements,
    });
    switch (this.text[start]) {
      case "{": {
        const members = this.members();
        return node(Object.fromEntries([...members].map(([name, member]) => [name, member.value])), { members });
      }
      case "[": {
        const elements = this.elements();
        return node(elements.map((element) => element.value), { elements });
      }
      case '"':
        return node(this.string());
      case "t":
      case "f":
      case "n":
        return node(JSON.parse(this.token(/true|false|null/y)));
      default:
        return node(number(this.token(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y)));
    }
  }

  string() {
    return JSON.parse(this.token(/"(?:[^"\\]|\\.)*"/y));
  }

  members() {
    /** @type {Map<string, Node>} */
    const members = new Map();
    this.must("{");
    if (this.is("}")) return members;
    do {
      this.blank();
      const name = this.string();
      this.must(":");
      if (members.has(name)) throw new SyntaxError(`${name} is there twice`);
      members.set(name, this.value());
    } while (this.is(","));
    this.must("}");
    return members;
  }

  elements() {
    /** @type {Node[]} */
    const elements = [];
    this.must("[");
    if (this.is("]")) return elements;
    do elements.push(this.value());
    while (this.is(","));
    this.must("]");
    return elements;
  }
}

/** @param {string} text */
function number(text) {
  const value = Number(text);
  if (Number.isSafeInteger(value) && !/[.eE]/.test(text)) return value;
  if (/^-?\d+$/.test(text)) return BigInt(text);
  // With so few digits a number that is written again is the same.
  const digits = text.replace(/[eE].*/, "").replace(/\D/g, "").replace(/^0+/, "").length;
  const isNear = value === 0 ? digits === 0 : Math.abs(value) > 1e-300 && Math.abs(value) < 2 ** 53;
  return digits <= 15 && isNear ? value : new Inexact(text);
}
