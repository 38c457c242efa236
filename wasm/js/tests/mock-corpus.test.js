/** The corpus through the mock: in Node as `createMock` gives it, and in Chromium through its service worker. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { createMock } from "bulk-delete/mock";
import { contracts } from "../dist/mock/contracts.js";
import { corpus } from "./corpus/files.js";
import { runMocked } from "./corpus/mocked.js";
import { serve } from "./support/serve.js";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const skip = existsSync(CHROMIUM) ? false : `there is no browser at ${CHROMIUM}: the variable CHROMIUM may name one`;

/** @param {import("node:test").TestContext} t @param {Awaited<ReturnType<typeof runMocked>>} told @param {number} most that may be left out */
function check(t, { cases, exchanges, left, failed }, most) {
  assert.deepEqual(failed, []);
  t.diagnostic(`${cases} cases, ${exchanges} exchanges`);
  for (const [why, which] of Object.entries(left)) t.diagnostic(`not run: ${which.length} (${why}): ${which.join(", ")}`);
  const count = Object.values(left).flat().length;
  assert.ok(cases > 600 && count <= most, `${count} of ${cases} cases do not apply`);
}

test("every case of the corpus holds through createMock", async (t) => {
  const mock = await createMock({ contracts, clock: "frozen" });
  const door = {
    /** @param {string} path @param {RequestInit} init */
    // Not `fetch`, which follows a redirection.
    send: async (path, init) => (await mock.answer(new Request(`http://127.0.0.1:4010${path}`, init))) ?? assert.fail(path),
    cannot: unsendable,
  };
  check(t, await runMocked(door, corpus()), 0);
});

test("every case of the corpus holds through the service worker", { skip }, async (t) => {
  const html = '<!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">';
  const server = await serve({
    "/blank.html": { type: "text/html", body: html },
    "/corpus.json": { type: "application/json", body: JSON.stringify(corpus()) },
    "/bulk-delete-mock-worker.js": { type: "text/javascript", body: readFileSync(new URL("../src/mock/worker.js", import.meta.url), "utf8") },
  });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"], headless: true });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/blank.html`);
    const told = await page.evaluate(async (unsendableText) => {
      const at = (/** @type {string} */ path) => import(/** @type {any} */ (path));
      const [{ createMock }, { contracts }, { runMocked }] = await Promise.all(
        ["/src/mock/index.js", "/dist/mock/contracts.js", "/tests/corpus/mocked.js"].map(at),
      );
      const whole = await (await fetch("/corpus.json")).json();
      const mock = await createMock({ contracts, clock: "frozen" });
      const interception = await mock.intercept();
      const unsendable = new Function(`return ${unsendableText}`)();
      // Headers that a page may not set arrive as the browser has them, or not at all.
      const FORBIDDEN = /^(?:host|connection|content-length|cookie2?|date|expect|origin|transfer-encoding|accept-encoding|access-control-request-.*|sec-.*|proxy-.*|te|upgrade|via|keep-alive|referer|trailer|dnt)$/i;
      const door = {
        send: (/** @type {string} */ path, /** @type {RequestInit} */ init) => fetch(path, init),
        cannot: (/** @type {any} */ request, /** @type {number} */ status) => {
          if (status > 300 && status < 400) return "browsers follow its answer";
          const name = Object.keys(request.headers).find((header) => FORBIDDEN.test(header));
          return name === undefined ? unsendable(request) : "it has a header that pages may not set";
        },
      };
      const result = await runMocked(door, whole);
      await interception.stop();
      return result;
    }, unsendable.toString());
    check(t, told, 10);
  } finally {
    await browser.close();
    await server.close();
  }
});

/** Why the fetch standard does not carry a request as it is. @param {{ method: string, path: string, query?: string, headers: Record<string, string>, hasBody: boolean }} request */
function unsendable({ method, path, query, headers, hasBody }) {
  if (hasBody && (method === "GET" || method === "HEAD")) return "it is a GET with a body";
  if (/^(?:connect|trace|track)$/i.test(method)) return "its method is forbidden";
  if (method !== method.toUpperCase() && /^(?:delete|get|head|options|post|put)$/i.test(method)) return "its method is in lower case, which is made upper case";
  const whole = query === undefined ? path : `${path}?${query}`;
  const { pathname, search } = new URL(`http://localhost${whole}`);
  if (pathname !== path || (query ?? "") !== search.slice(1)) return "its path or query is written otherwise in a URL";
  for (const [name, value] of Object.entries(headers)) {
    try {
      if (new Headers({ [name]: value }).get(name) !== value) return "one of its headers is trimmed";
    } catch {
      return "one of its headers holds what is no byte";
    }
  }
  return undefined;
}
