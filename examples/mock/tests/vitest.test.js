/** With nothing but Vitest: each test has a mock of its own, and `fetch` goes to it. */

import { createMock } from "bulk-delete/mock";
import anaplanModels from "bulk-delete/mock/contracts/anaplan-models";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CLOSED, OPEN } from "../models.js";
import { removeModels } from "../remove-models.js";

let mock;
let interception;

beforeEach(async () => {
  mock = await createMock({ contracts: [anaplanModels] });
  interception = await mock.intercept({ origins: ["https://api.anaplan.com"], onUnhandled: "error" });
});

afterEach(() => interception.stop());

test("tells which models are left", async () => {
  expect(await removeModels([CLOSED, OPEN], "ada-token")).toEqual(["Budget 2027"]);
  expect(mock.changes().deleted).toMatchObject([{ id: CLOSED.id }]);
});

test("begins with the same world", async () => {
  expect(await removeModels([CLOSED], "ada-token")).toEqual([]);
});

test("fails for whoever may not delete", async () => {
  await expect(removeModels([CLOSED], "bob-token")).rejects.toThrow("403");
  expect(mock.changes().deleted).toEqual([]);
});

test("fails when the token has expired", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const token = mock.token({ caller: "ada", contract: "anaplan-models", expiresIn: 60 });
  vi.advanceTimersByTime(61_000);
  await expect(removeModels([CLOSED], token)).rejects.toThrow("401");
  vi.useRealTimers();
});
