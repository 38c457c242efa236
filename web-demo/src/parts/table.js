/** The table: what there is, what is selected, and what is foretold of it. */

import { byId, make, show, sign, write } from "../dom.js";
import { Pages } from "../pages.js";
import { counted, verdictWords } from "../words.js";

/** @typedef {import("../types.d.ts").Row} Row */

/** What becomes of everything that is selected where the request is no request. @type {import("../types.d.ts").Verdict} */
const BROKEN = { verdict: "deny", code: "violations", retry: "after-change" };

/**
 * A row of the page, which stands for another item when pages are turned.
 *
 * @typedef {object} Drawn
 * @property {HTMLTableRowElement} element
 * @property {HTMLInputElement} box
 * @property {Row} row
 * @property {string} text what was drawn of its forecast
 */

/** @param {import("../app.js").App} app */
export function table(app) {
  const body = byId("row-list");
  const all = /** @type {HTMLInputElement} */ (byId("all"));
  /** @type {Drawn[]} */
  const drawn = [];
  /** Where a range begins. */
  let anchor = 0;
  /** The row that Tab leads to. */
  let current = 0;
  let subject = "";
  const pages = new Pages(byId("pager"), () => {
    current = 0;
    draw();
  });

  /** @param {number} index among all rows @param {boolean} isRange @returns {number} where the row is now */
  const toggle = (index, isRange) => {
    const row = app.rows[index];
    if (row === undefined) return index;
    const isSelected = !app.selection.ids.has(row.key);
    const [from, to] = isRange ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index];
    if (!isRange) anchor = index;
    app.select(app.rows.slice(from, to + 1), isRange || isSelected);
    // What was named by hand may stand before it now.
    const now = app.rows[index]?.key === row.key ? index : app.rows.findIndex(({ key }) => key === row.key);
    anchor += now - index;
    return now;
  };

  /** @param {number} index among all rows */
  const focus = (index) => {
    const to = Math.min(Math.max(index, 0), app.rows.length - 1);
    pages.turn(Pages.of(to));
    current = to - pages.start;
    draw();
    drawn[current]?.box.focus();
    return to;
  };

  all.addEventListener("change", () => (all.checked ? app.selectAll() : app.clear()));

  body.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const index = drawn.findIndex(({ element }) => element.contains(target));
    // Whoever selects text does not mean the row; with a key, text that was selected before stays so.
    const isText = !hasKey(event) && target.tagName !== "INPUT" && getSelection()?.toString();
    if (index < 0 || isText) return;
    // A box that was clicked has changed itself already; it is drawn as it is selected.
    current = Math.min(toggle(pages.start + index, event.shiftKey) - pages.start, drawn.length - 1);
    draw();
    // Without the default the focus stays where it was, and what it was on may be gone now.
    if (hasKey(event)) drawn[current].box.focus();
  });
  // Otherwise the browser would select text between two clicks; and Firefox, with Ctrl, the cell.
  body.addEventListener("mousedown", (event) => hasKey(event) && event.preventDefault());

  body.addEventListener("keydown", (event) => {
    const index = pages.start + current;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 50, PageUp: -50, Home: -Infinity, End: Infinity };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (step !== undefined) {
      const to = focus(index + step);
      if (event.shiftKey) app.select(app.rows.slice(Math.min(anchor, to), Math.max(anchor, to) + 1), true);
      else anchor = to;
    } else if (event.key === " " && event.shiftKey) {
      focus(toggle(index, true));
    } else if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) {
      app.selectAll();
    } else {
      return;
    }
    event.preventDefault();
  });

  function draw() {
    const had = body.contains(document.activeElement);
    redraw();
    // The row that had the focus may be there no more.
    if (had && !body.contains(document.activeElement)) (drawn[Math.min(current, drawn.length - 1)]?.box ?? byId("resources")).focus();
  }

  function redraw() {
    const rows = pages.slice(app.rows);
    while (drawn.length > rows.length) drawn.pop()?.element.remove();
    rows.forEach((row, index) => {
      const there = (drawn[index] ??= blank());
      if (there.row !== row) fill(there, row);
      // Taken out of a page that has become shorter.
      if (!there.element.isConnected) body.append(there.element);
      const isSelected = app.selection.ids.has(row.key);
      there.box.checked = isSelected;
      there.box.tabIndex = index === Math.min(current, rows.length - 1) ? 0 : -1;
      there.element.classList.toggle("selected", isSelected);
      foretell(there, isSelected);
    });
  }

  /** @param {Drawn} there @param {boolean} isSelected */
  function foretell(there, isSelected) {
    const { plan } = app;
    const verdict = !isSelected || plan === null ? undefined : (plan.verdicts.get(there.row.key) ?? (plan.violations.length > 0 ? BROKEN : undefined));
    const when = app.subject?.policy.effects?.when ?? "now";
    const words = verdict && verdictWords(verdict, when);
    const text = words ? `${words.text} ${words.why}` : "";
    if (text === there.text) return;
    there.text = text;
    there.element.cells[5].replaceChildren(...(words ? sign(words) : []));
  }

  app.onChange(() => {
    const now = `${app.api.name} ${app.container?.id}`;
    if (now !== subject) {
      subject = now;
      current = anchor = 0;
      pages.turn(0);
    }
    draw();
    const title = app.isBusy ? "Loading…" : counted(app.rows.length, app.api.thing, app.api.things);
    write(byId("rows-title"), title.charAt(0).toUpperCase() + title.slice(1));
    byId("rows").setAttribute("aria-rowcount", String(app.rows.length + 1));
    show(byId("nothing"), !app.isBusy && app.world !== null && app.rows.length === 0);
    // A request that was written by hand may name what is no row.
    const count = app.selection.ids.size === 0 ? 0 : app.rows.reduce((sum, { key }) => sum + Number(app.selection.ids.has(key)), 0);
    all.checked = count > 0 && count === app.rows.length;
    all.indeterminate = count > 0 && !all.checked;
    all.setAttribute("aria-label", `Select all ${counted(app.rows.length, app.api.thing, app.api.things)}`);
  });
}

/** @param {MouseEvent} event */
function hasKey(event) {
  return event.shiftKey || event.ctrlKey || event.metaKey;
}

/** @returns {Drawn} */
function blank() {
  const box = make("input", { type: "checkbox" });
  const element = make("tr", {}, make("td", { class: "tick" }, box), make("th", { scope: "row" }));
  for (let index = 0; index < 3; index += 1) element.append(make("td", { class: "wide" }));
  element.append(make("td", { class: "forecast" }));
  return { element, box, row: /** @type {any} */ (null), text: "" };
}

/** @param {Drawn} there @param {Row} row */
function fill(there, row) {
  there.row = row;
  const { element, box } = there;
  const { name, id, owner, state } = row;
  const access = row.access === null ? "–" : row.access ? "Visible" : "Hidden";
  box.setAttribute("aria-label", `${name}, ${id}`);
  element.cells[1].replaceChildren(
    make("span", { class: "name" }, name),
    make("span", { class: "id" }, String(id)),
    make("span", { class: "narrow" }, row.resource === null ? "" : `${owner}, ${state}, ${access.toLowerCase()}`),
  );
  [owner, state, access].forEach((text, index) => write(element.cells[index + 2], text));
  element.classList.toggle("hidden-from-caller", row.access === false);
}
