/** Why a command ends before its time. */

/** Something could not be read, bound or understood. */
export class Failure extends Error {}

/** Something is wrong with the documents: a line for each. */
export class Findings extends Error {
  /** @param {readonly string[]} lines */
  constructor(lines) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}

/** How many problems there are. @param {readonly string[]} lines */
export function told({ length }) {
  return length === 1 ? "1 error" : `${length} errors`;
}
