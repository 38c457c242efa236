/** The request body as a Standard Schema, version 1: for forms, routers and whatever else takes one. */

import { write } from "./json.js";
import { likeness } from "./likeness.js";
import { violations } from "./violation.js";

/** As the engine says it of a request without a body. */
const NOTHING = { pointer: "/body", rule: "body", message: "must not be empty" };

/** @param {import("./contract.js").Contract} contract */
export function standard(contract) {
  const isLikeValid = likeness(contract);
  return Object.freeze({
    "~standard": Object.freeze({
      version: 1,
      vendor: "bulk-delete",
      /** @param {unknown} value */
      validate(value) {
        if (isLikeValid(value)) return { value };
        const { text, unwritable } = write(value, "/body");
        const isMissing = value === undefined && contract.description.body !== null;
        const broken = isMissing ? [NOTHING] : contract.checkBody(text);
        const found = violations(unwritable, broken, contract.messages);
        if (found.length === 0) return { value };
        // A form knows its fields by their names in the body, not in the request.
        return { issues: found.map(({ message, path }) => ({ message, path: path.slice(1) })) };
      },
    }),
  });
}
