/** Beside handlers of MSW: what is no contract's falls through to the next. */

import { createMock } from "bulk-delete/mock";
import anaplanModels from "bulk-delete/mock/contracts/anaplan-models";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { CLOSED, OPEN } from "../models.js";
import { removeModels } from "../remove-models.js";

const mock = await createMock({ contracts: [anaplanModels] });
const server = setupServer(
  http.all("*", ({ request }) => mock.answer(request)),
  http.get("https://api.anaplan.com/2/0/users/me", () => HttpResponse.json({ user: { id: "ada" } })),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => mock.reset());
afterAll(() => server.close());

test("the mock answers what a contract has", async () => {
  expect(await removeModels([CLOSED, OPEN], "ada-token")).toEqual(["Budget 2027"]);
  expect(mock.changes().deleted).toMatchObject([{ id: CLOSED.id }]);
});

test("another handler answers the rest", async () => {
  const me = await fetch("https://api.anaplan.com/2/0/users/me");
  expect(await me.json()).toEqual({ user: { id: "ada" } });
  expect(mock.changes().deleted).toEqual([]);
});
