/**
 * Sorts of items: those that answer a contract's questions alike are decided alike, so that the engine is asked once for each
 * sort.
 */

import { plain, tell } from "./question.js";

/** @typedef {import("./question.js").Question} Question */
/** @typedef {{ told: import("./question.js").Told, count: number }} Sort */
/** An item as it is compared with others. @typedef {{ exists: unknown, accessible: unknown, state: unknown, fail: unknown, answer: unknown, place: number }} Example */

/** How many examples are kept. */
const FEW = 16;
/** The facts that are compared as they are, by their own names: that is many times faster than to ask for them. */
const NAMED = ["accessible", "state", "fail"];

export class Sorts {
  /** In the order in which they came. @type {Sort[]} */
  all = [];
  /** By their keys. @type {Map<string, number>} */
  places = new Map();
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

  /** Adds an item of which this is known; tells the place of its sort. @param {any} known */
  add(known) {
    const place = known == null ? this.byKey(known === null ? "null" : "", known) : this.byExample(known);
    this.all[place].count += 1;
    return place;
  }

  /** @private @param {any} known */
  byExample(known) {
    const { exists, accessible, state, fail } = known;
    const { examples, other } = this;
    const answer = other === null ? undefined : other(known);
    for (let at = 0; at < examples.length; at += 1) {
      const each = examples[at];
      if (
        (each.accessible === accessible || this.anyAccessible) &&
        (each.state === state || this.anyState) &&
        (each.fail === fail || this.anyFail) &&
        each.exists === exists &&
        each.answer === answer
      ) {
        return each.place;
      }
    }
    const place = this.byKey(this.keyOf(known), known);
    if (examples.length < this.few) examples.push({ exists, accessible, state, fail, answer, place });
    return place;
  }

  /** @private @param {string} key @param {any} known */
  byKey(key, known) {
    const place = this.places.get(key) ?? this.all.length;
    if (place === this.all.length) {
      this.places.set(key, place);
      this.all.push({ told: tell(known, this.questions), count: 0 });
    }
    return place;
  }

  /** The same for items that answer all questions alike. @private @param {any} known */
  keyOf(known) {
    const exists = known.exists === undefined ? true : plain(known.exists);
    const answers = [exists, ...this.questions.map(({ answer }) => answer(known))];
    return answers.map((answer) => (answer === undefined ? "" : JSON.stringify(answer))).join("\n");
  }
}
