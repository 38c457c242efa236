/** Elements: found by their ids, and made. Text is always text, never markup. */

/**
 * An element of the page, which must be there.
 *
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} id
 * @returns {E}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element #${id}`);
  return /** @type {E} */ (found);
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Readonly<Record<string, string | boolean | number | undefined>>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** Writes only what is new: what is announced or selected stays so. @param {Node} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** @param {HTMLElement} element @param {boolean} isShown */
export function show(element, isShown) {
  if (element.hidden === isShown) element.hidden = !isShown;
}

/** Moves the focus: WebKit takes what stood behind a dialog for out of reach until it is laid out anew. @param {HTMLElement} element */
export function focus(element) {
  element.getClientRects();
  element.focus();
}

/** A button that waits for what it began: one that is disabled would lose the focus. @param {HTMLElement} button @param {boolean} isWaiting */
export function hold(button, isWaiting) {
  button.setAttribute("aria-disabled", String(isWaiting));
}

/** A verdict or an outcome: a mark, a word, and why. @param {{ kind: string, mark: string, text: string, why: string }} words */
export function sign({ kind, mark, text, why }) {
  const head = make("span", { class: `sign ${kind}` }, make("span", { "class": "mark", "aria-hidden": "true" }, mark), text);
  return why === "" ? [head] : [head, make("span", { class: "why" }, why)];
}
