/** The rows of the table, each with what is tried. A trial throws an `AssertionError` where what it asks for is not so. */

import assert from "node:assert/strict";
import { DANS, FIRST, SECOND, UNKNOWN, deletion, told } from "./calls.mjs";

/** @typedef {import("./calls.mjs").Ask} Ask */

export const rows = {
  openapi: "answers from an OpenAPI document alone",
  again: "the same call again finds what the first has left",
  state: "any selection is answered id by id, from state",
  rights: "by the caller's rights, for each id",
  violations: "every violation of a request is told",
  credentials: "a JWT with a wrong signature is refused",
  workers: "parallel workers apart, on one server",
  dropped: "a connection that drops after the deletion",
  header: "a fault for one request, by its header",
  journal: "requests recorded, and asserted on",
  clock: "asynchronous operations, and a clock to move",
  browser: "the same mock in a browser, without a server",
  forecast: "a forecast before sending, a report after",
  any: "any endpoint, and a real API behind it",
};

/** @param {Ask} ask */
export async function again(ask) {
  told(await ask(deletion([FIRST])), { [FIRST]: "success" });
  told(await ask(deletion([FIRST])), { [FIRST]: "error" });
}

/** In an order that no fixed sequence of answers fits. @param {Ask} ask */
export async function state(ask) {
  const left = new Set([FIRST, SECOND]);
  const selections = [[UNKNOWN], [FIRST], [SECOND, UNKNOWN], [FIRST, SECOND, UNKNOWN]].sort(() => Math.random() - 0.5);
  for (const ids of selections) {
    const expected = Object.fromEntries(ids.map((id) => [id, left.has(id) ? "success" : "error"]));
    told(await ask(deletion(ids)), expected);
    for (const id of ids) left.delete(id);
  }
}

/** @param {Ask} ask */
export async function rights(ask) {
  const { status } = await ask({ ...deletion([FIRST]), token: undefined });
  assert.equal(status, 401);
  told(await ask(deletion([FIRST, DANS])), { [FIRST]: "success", [DANS]: "error" });
  told(await ask({ ...deletion([DANS]), token: "dan-token" }), { [DANS]: "success" });
}

/** Two of three are no integers, and both must be named, in the body or in a header. @param {Ask} ask @param {string} token */
export async function violations(ask, token) {
  const answer = await ask({
    method: "POST",
    path: "/api/v1/experiences/bulk-delete/",
    headers: { Authorization: `Bearer ${token}` },
    body: { ids: ["a", 1, 2.5] },
  });
  assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
  const text = JSON.stringify(answer.headers) + answer.text;
  for (const index of [0, 2]) assert.match(text, new RegExp(`["'/.[]${index}["'/.:\\]\\\\ ]`), text);
}

/** @param {Ask} ask @param {string} token a good one */
export async function credentials(ask, token) {
  /** @param {string} token */
  const deleted = (token) =>
    ask({
      method: "DELETE",
      path: "/programs/v2/spaces/rkr83lapKkyCJuLLWqLqzB/programs?ids=spring-launch-2025",
      headers: { Authorization: `Bearer ${token}` },
    });
  const middle = token.length - 10;
  const wrong = token.slice(0, middle) + (token[middle] === "A" ? "B" : "A") + token.slice(middle + 1);
  assert.equal((await deleted(wrong)).status, 401);
  assert.equal((await deleted(token)).status, 200);
}

/** @param {Ask} ask */
export async function workers(ask) {
  const [one, two] = ["one", "two"].map((name) => deletion([FIRST], { "X-Mock-Session": name }));
  for (const call of [one, two]) told(await ask(call), { [FIRST]: "success" });
  for (const call of [one, two]) told(await ask(call), { [FIRST]: "error" });
}

/** @param {Ask} ask asks where the fault strikes once @param {Ask} [after] */
export async function dropped(ask, after = ask) {
  await assert.rejects(ask(deletion([FIRST])), TypeError, "an answer came");
  told(await after(deletion([FIRST])), { [FIRST]: "error" });
}

/** @param {Ask} ask */
export async function header(ask) {
  const { status } = await ask(deletion([FIRST], { Prefer: "code=500" }));
  assert.equal(status, 500);
  const { status: without } = await ask(deletion([FIRST]));
  assert.equal(without, 200);
}

/** @param {Ask} ask */
export async function hello(ask) {
  const answer = await ask({ path: "/hello" });
  assert.deepEqual([answer.status, answer.text], [200, "hello"]);
}

/** What the real API answers that is put behind. @param {Ask} ask */
export async function passedOn(ask) {
  const answer = await ask({ path: "/real" });
  assert.deepEqual([answer.status, answer.text], [200, "from the real API"]);
}
