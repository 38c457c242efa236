/**
 * Sorts of items: those that answer a contract's questions alike are decided alike, so that the engine is asked once for each
 * sort.
 */

import { plain, tell } from "./question.js";

/** @typedef {import("./question.js").Question} Question */
/** @typedef {{ told: import("./question.js").Told, count: number, place: number }} Sort */
/** An item as it is compared with others. @typedef {{ exists: unknown, accessible: unknown, state: unknown, fail: unknown, answer: unknown, sort: Sort }} Example */

/** How many examples are kept. */
const FEW = 16;
/** The facts that are compared as they are, by their own names: that is many times faster than to ask for them. */
const NAMED = ["accessible", "state", "fail"];

export class Sorts {
  /** In the order in which they came. @type {Sort[]} */
  all = [];
  /** By their keys. @type {Map<string, Sort>} */
  keyed = new Map();
  /** Most items are exactly like one of the first few, which is seen without writing a key. @type {Example[]} */
  examples = [];

  /** @param {readonly Question[]} questions */
  constructor(questions) {
    this.questions = questions;
    const isAsked = (/** @type {string} */ named) => questions.some(({ fact }) => fact === named);
    /** Whether items that differ in it are alike all the same. */
    this.anyAccessible = !isAsked("accessible");
    this.anyState = !isAsked("state");
    this.anyFail = !isAsked("fail");
    const others = questions.filter(({ fact }) => !NAMED.includes(fact));
    /** What is asked beside the named facts, if it is one thing. */
    this.other = others.length === 1 ? others[0].answer : null;
    /** How many examples are kept: of items of which more is asked, none would say enough. */
    this.few = others.length > 1 ? 0 : FEW;
  }

  /** Counts an item that is exactly like an example; tells the place of its sort, or nothing. @param {any} known */
  like(known) {
    if (known == null) return undefined;
    const { exists, accessible, state, fail } = known;
    const { examples, other } = this;
    const answer = other === null ? undefined : other(known);
    for (let at = 0; at < examples.length; at += 1) {
      const each = examples[at];
      if (
        (each.state === state || this.anyState) &&
        (each.fail === fail || this.anyFail) &&
        (each.accessible === accessible || this.anyAccessible) &&
        each.exists === exists &&
        (other === null || each.answer === answer)
      ) {
        const { sort } = each;
        sort.count += 1;
        // The most frequent are compared first.
        if (at > 0 && sort.count > examples[at - 1].sort.count) {
          examples[at] = examples[at - 1];
          examples[at - 1] = each;
        }
        return sort.place;
      }
    }
    return undefined;
  }

  /** Adds any item; tells the place of its sort. @param {any} known */
  add(known) {
    if (known == null) return this.byKey(known === null ? "null" : "", known).place;
    const sort = this.byKey(this.keyOf(known), known);
    // What tells nothing is no example: what is no facts at all would be like it.
    if (this.examples.length < this.few && (sort.told === null || Object.keys(sort.told).length > 1)) {
      const { exists, accessible, state, fail } = known;
      this.examples.push({ exists, accessible, state, fail, answer: this.other?.(known), sort });
    }
    return sort.place;
  }

  /** @private @param {string} key @param {any} known */
  byKey(key, known) {
    let sort = this.keyed.get(key);
    if (sort === undefined) {
      sort = { told: tell(known, this.questions), count: 0, place: this.all.length };
      this.keyed.set(key, sort);
      this.all.push(sort);
    }
    sort.count += 1;
    return sort;
  }

  /** The same for items that answer all questions alike. @private @param {any} known */
  keyOf(known) {
    const exists = known.exists === undefined ? true : plain(known.exists);
    const answers = [exists, ...this.questions.map(({ answer }) => answer(known))];
    return answers.map((answer) => (answer === undefined ? "" : JSON.stringify(answer))).join("\n");
  }
}
