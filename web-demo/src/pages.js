/** A long list, a page at a time. */

import { make, show } from "./dom.js";

/** How many rows stand on a page. */
const ROWS = 50;

export class Pages {
  page = 0;
  count = 0;

  /** @param {HTMLElement} nav @param {() => void} turned */
  constructor(nav, turned) {
    this.nav = nav;
    this.text = make("span", { "aria-live": "polite" });
    const button = (/** @type {string} */ name, /** @type {number} */ step) => {
      const made = make("button", { type: "button", class: "quiet" }, name);
      made.addEventListener("click", () => {
        this.turn(this.page + step);
        turned();
      });
      return made;
    };
    this.before = button("Previous", -1);
    this.after = button("Next", 1);
    nav.replaceChildren(this.before, this.text, this.after);
  }

  get last() {
    return Math.max(0, Math.ceil(this.count / ROWS) - 1);
  }

  /** @param {number} page */
  turn(page) {
    this.page = Math.min(Math.max(page, 0), this.last);
  }

  /** The page on which an item stands. @param {number} index */
  static of(index) {
    return Math.floor(index / ROWS);
  }

  /** Where the items of this page begin. */
  get start() {
    return this.page * ROWS;
  }

  /** The items of this page. @template T @param {readonly T[]} all @returns {readonly T[]} */
  slice(all) {
    this.count = all.length;
    this.turn(this.page);
    show(this.nav, all.length > ROWS);
    this.text.textContent = `Page ${this.page + 1} of ${this.last + 1}`;
    const [isFirst, isLast] = [this.page === 0, this.page === this.last];
    this.before.disabled = this.after.disabled = false;
    // At an end the way back is what is left: a button that can be pressed no more would lose the focus.
    if (isFirst && document.activeElement === this.before) this.after.focus();
    if (isLast && document.activeElement === this.after) this.before.focus();
    this.before.disabled = isFirst;
    this.after.disabled = isLast;
    return all.slice(this.start, this.start + ROWS);
  }
}
