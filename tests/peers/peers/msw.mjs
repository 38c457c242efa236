/** MSW in Node, with a handler that was written for this call. */

import assert from "node:assert/strict";
import { createHmac, timingSafeEqual } from "node:crypto";
import * as library from "msw";
import { setupServer } from "msw/node";
import { FIRST, asking, deletion } from "../calls.mjs";
import { inChromium } from "../page.mjs";
import { realApi } from "../programs.mjs";
import * as trials from "../rows.mjs";
import { bulkDelete } from "./msw-handlers.mjs";

const { http, HttpResponse } = library;
const BASE = "https://codearts.example";
const SECRET = "a secret of the test's";

export const name = "MSW";

/** @param {(ask: import("../calls.mjs").Ask, server: import("msw/node").SetupServerApi) => Promise<void>} trial @param {any[]} handlers */
async function listening(trial, ...handlers) {
  const server = setupServer(...handlers, ...bulkDelete(library, BASE));
  server.listen({ onUnhandledRequest: "bypass" });
  try {
    await trial(asking(BASE), server);
  } finally {
    server.close();
  }
}

/** @param {string} text */
const signature = (text) => createHmac("sha256", SECRET).update(text).digest("base64url");

/** Checks the signature that the trial makes. */
const programs = http.delete(`${BASE}/programs/v2/spaces/:space/programs`, ({ request }) => {
  const [head, claims, signed = ""] = (request.headers.get("Authorization") ?? "").replace("Bearer ", "").split(".");
  const expected = Buffer.from(signature(`${head}.${claims}`));
  const given = Buffer.from(signed);
  const good = given.length === expected.length && timingSafeEqual(given, expected);
  return good ? HttpResponse.json({ asyncOperationIds: ["1"] }) : new HttpResponse(null, { status: 401 });
});

/** Checks the type of each id. */
const experiences = http.post(`${BASE}/api/v1/experiences/bulk-delete/`, async ({ request }) => {
  const { ids } = /** @type {{ ids: unknown[] }} */ (await request.json());
  const wrong = ids.flatMap((id, index) => (Number.isInteger(id) ? [] : [[index, ["A valid integer is required."]]]));
  return HttpResponse.json({ ids: Object.fromEntries(wrong) }, { status: wrong.length > 0 ? 400 : 200 });
});

/** @type {import("../run.mjs").Tries} */
export const tries = {
  openapi: "it takes handlers; other packages make them",
  again: ["by hand", () => listening(trials.again)],
  state: ["by hand", () => listening(trials.state)],
  rights: ["by hand", () => listening(trials.rights)],
  violations: ["by hand", () => listening((ask) => trials.violations(ask, "any"), experiences)],
  credentials: ["by hand", () => listening((ask) => trials.credentials(ask, `e30.e30.${signature("e30.e30")}`), programs)],
  workers: ["by hand", () => listening(trials.workers)],
  dropped: ["by hand", () => listening(async (ask, server) => {
    server.use(http.post(`${BASE}/*`, async ({ request }) => {
      await library.getResponse(server.listHandlers().slice(1), request);
      return HttpResponse.error();
    }, { once: true }));
    await trials.dropped(ask);
  })],
  header: ["by hand", () => listening(trials.header, http.post(`${BASE}/*`, ({ request }) =>
    request.headers.get("Prefer") === "code=500" ? new HttpResponse(null, { status: 500 }) : undefined,
  ))],
  journal: ["by hand", () => listening(async (ask, server) => {
    /** @type {Promise<string>[]} */
    const seen = [];
    server.events.on("request:start", ({ request }) => void seen.push(request.clone().text()));
    await ask(deletion([FIRST]));
    assert.equal((await Promise.all(seen)).filter((body) => body.includes(FIRST)).length, 1);
  })],
  clock: "it keeps no operations",
  browser: ["yes", () => inChromium("/peers/peers/msw-page.mjs", trials.again)],
  forecast: "it answers requests",
  any: ["yes", async () => {
    await listening(trials.hello, http.get(`${BASE}/hello`, () => HttpResponse.text("hello")));
    await realApi((real) => listening(() => trials.passedOn(asking(real))));
  }],
};
