/** What the walks through the pages are about: four models, what is foretold of each, and what the server says. */

import assert from "node:assert/strict";
import { until } from "./until.mjs";

const container = "workspace/75A40874E6B64FA3AE0743278996850F";

export const FINE = { id: "1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E", container, name: "Budget 2023" };
export const OPEN = { id: "BC24B51B39CF4701ACF7CBFD2ED93C36", container, name: "Budget 2027" };
export const DENIED = { id: "EA8467B737A144C5B73CD56BA86085A0", container, name: "Board scenario" };
export const UNKNOWN = { id: "Incorrect_Model_Id", container, name: "Budget 2019" };
export const FOUR = [FINE, OPEN, DENIED, UNKNOWN];

/** The contract's own words, in the order of the four; the first is deleted. */
export const REASONS = [
  undefined,
  "Model is open. Please close the model before trying again.",
  "Something went wrong. Deleting this model failed.",
  "Model ID does not exist.",
];

/** @param {import("./mock.mjs").Mock} mock @param {readonly { id: string }[]} models */
export async function assertDeleted(mock, ...models) {
  const ids = models.map(({ id }) => id);
  assert.deepEqual((await mock.deleted()).toSorted(), ids.toSorted(), "what the mock deleted");
}

/**
 * Waits until the text is so.
 *
 * @param {import("playwright-core").Locator} locator
 * @param {string | RegExp} text
 */
export async function assertText(locator, text) {
  const wanted = (/** @type {string} */ now) => (typeof text === "string" ? now === text : text.test(now));
  let now = "";
  await until(
    async () => wanted((now = (await locator.innerText()).trim())),
    () => `it says \`${now}\` where it should say \`${text}\``,
  );
}
