/**
 * Answers as the digits of one number, which is found again much faster than a text of all of them. That goes as long as
 * a question has few answers, and there are few questions: as it is, nearly always.
 */

const BASE = 32;
/** The largest number that can take another digit and be exact. */
const LARGEST = Number.MAX_SAFE_INTEGER / BASE - 1;
/** No number: there are too many answers. */
export const OTHER = -1;

/**
 * The digit of an answer; each new one is given its own.
 *
 * @param {unknown[]} answers those to the same question so far that were texts, or something else
 * @param {unknown} answer
 */
export function digit(answers, answer) {
  // These are what most answers are, and told apart without looking at them.
  if (answer === true) return 0;
  if (answer === false) return 1;
  if (answer === null) return 2;
  if (answer === undefined) return 3;
  for (let at = 0; at < answers.length; at += 1) {
    if (answers[at] === answer) return at + 4;
  }
  return answers.length + 4 < BASE ? answers.push(answer) + 3 : OTHER;
}

/**
 * The digit of a text, of true, false or null; all else is no answer. One kind of answer is told apart much faster than any.
 *
 * @param {string[]} answers those so far that were texts
 * @param {unknown} answer
 */
export function textDigit(answers, answer) {
  if (answer === true) return 0;
  if (answer === false) return 1;
  if (answer === null) return 2;
  if (typeof answer !== "string") return 3;
  for (let at = 0; at < answers.length; at += 1) {
    if (answers[at] === answer) return at + 4;
  }
  return answers.length + 4 < BASE ? answers.push(answer) + 3 : OTHER;
}

/** A number and one more digit. @param {number} number @param {number} last */
export function withDigit(number, last) {
  return number < 0 || last < 0 || number > LARGEST ? OTHER : number * BASE + last;
}
