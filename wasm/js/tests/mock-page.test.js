/** The mock in a page, in Chromium: its service worker, two tabs, a worker that is updated or ended, and others' workers. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./support/serve.js";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const skip = existsSync(CHROMIUM) ? false : `there is no browser at ${CHROMIUM}: the variable CHROMIUM may name one`;
const WORKER = readFileSync(new URL("../src/mock/worker.js", import.meta.url), "utf8");

const html = '<!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">';
/** @type {Record<string, import("./support/serve.js").Page>} */
const pages = {
  "/app/": { type: "text/html", body: html },
  "/other/": { type: "text/html", body: html },
  "/bulk-delete-mock-worker.js": { type: "text/javascript", body: WORKER },
  "/theirs.js": { type: "text/javascript", body: "self.addEventListener('fetch', () => {});" },
  "/silent.js": { type: "text/javascript", body: "self.addEventListener('install', () => self.skipWaiting());" },
  "/app/data.json": { type: "application/json", body: '{"from":"the host"}' },
  "/app/work.js": {
    type: "text/javascript",
    body: "onmessage = async ({ data: [url, init] }) => postMessage((await fetch(url, init)).status);",
  },
};
const MODELS = "/2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels";
const CLOSED = "2D0E3F8051B25C6D9E7F403B2C1D0E9F";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

before(async () => {
  if (skip) return;
  server = await serve(pages);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"], headless: true });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens a page with what is needed on it. @param {import("playwright-core").BrowserContext} context */
async function open(context, path = "/app/") {
  const page = await context.newPage();
  await page.goto(server.origin + path);
  await page.evaluate(async () => {
    const at = (/** @type {string} */ module) => import(/** @type {any} */ (module));
    const [{ createMock }, { default: models }] = await Promise.all([
      at("/src/mock/index.js"),
      at("/dist/mock/contracts/anaplan-models.js"),
    ]);
    const here = /** @type {any} */ (globalThis);
    here.make = (/** @type {object} */ options) => createMock({ contracts: [models], ...options });
    here.mock = await here.make({});
    here.request = (/** @type {string[]} */ ids) => ({
      method: "POST",
      headers: { Authorization: "AnaplanAuthToken ada-token", "Content-Type": "application/json" },
      body: JSON.stringify({ modelIdsToDelete: ids }),
    });
    here.remove = async (/** @type {string} */ url, /** @type {string[]} */ ...ids) => (await fetch(url, here.request(ids))).json();
    here.begin = async (/** @type {object} */ options) => {
      try {
        here.interception = await here.mock.intercept(options);
        return "begun";
      } catch (cause) {
        return `${/** @type {Error} */ (cause).name}: ${/** @type {Error} */ (cause).message}`;
      }
    };
  });
  return page;
}

/** A context of its own, as service workers live longer than pages. @param {(context: import("playwright-core").BrowserContext) => Promise<void>} work */
async function within(work) {
  const context = await browser.newContext();
  try {
    await work(context);
  } finally {
    await context.close();
  }
}

/** Has a newer worker installed, which takes over when it may. @param {import("playwright-core").Page} page @param {string} comment */
async function update(page, comment) {
  pages["/bulk-delete-mock-worker.js"].body = `${WORKER}\n// ${comment}\n`;
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
    const newer = registration?.installing;
    while (newer?.state === "installing") await new Promise((resolve) => newer.addEventListener("statechange", resolve, { once: true }));
  });
}

/** @param {import("playwright-core").Page} page @param {string} code */
const run = (page, code) => page.evaluate(/** @type {any} */ (code));
const deleted = `mock.changes().deleted.map(({ id }) => id)`;

test("requests of a page and of its workers are answered, those of its host pass", { skip }, () =>
  within(async (context) => {
    const page = await open(context);
    assert.equal(await run(page, "begin({})"), "begun");
    assert.equal((await run(page, `remove("https://api.anaplan.com${MODELS}", "${CLOSED}")`)).modelsDeleted, 1);
    assert.deepEqual((await run(page, `remove("${MODELS}", "${CLOSED}")`)).bulkDeleteModelsFailures.length, 1);
    assert.deepEqual(await run(page, deleted), [CLOSED]);
    assert.deepEqual(await run(page, `(async () => (await fetch("data.json")).json())()`), { from: "the host" });
    assert.deepEqual(await run(page, `(async () => (await fetch("/__mock/health")).json())()`), { status: "ok" });
    const fromWorker = `new Promise((resolve) => {
      const worker = new Worker("work.js");
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage(["${MODELS}", request(["BC24B51B39CF4701ACF7CBFD2ED93C36"])]);
    })`;
    assert.equal(await run(page, fromWorker), 200);
    const xhr = `new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.onload = () => resolve([xhr.status, xhr.getResponseHeader("content-type")]);
      xhr.open("GET", "${MODELS}");
      xhr.send();
    })`;
    assert.deepEqual(await run(page, xhr), [405, "application/json"]);
    await run(page, "interception.stop()");
    assert.equal(await run(page, `(async () => (await fetch("${MODELS}", request([]))).status)()`), 404);
    assert.equal(await run(page, "navigator.serviceWorker.getRegistrations().then(({ length }) => length)"), 0);
  }),
);

test("origins that were not given are told", { skip }, () =>
  within(async (context) => {
    const page = await open(context);
    const origins = `{ origins: ["https://api.anaplan.com"], onUnhandled: "error" }`;
    assert.equal(await run(page, `begin(${origins})`), "begun");
    assert.match((await run(page, "interception.unseen")).join(), /other origins than https:\/\/api\.anaplan\.com/);
    const said = page.waitForEvent("console");
    assert.equal(await run(page, `remove("https://eu.anaplan.com${MODELS}").catch(({ name }) => name)`), "TypeError");
    assert.match((await said).text(), /eu\.anaplan\.com is not among the origins it was given/);
    assert.equal((await run(page, `remove("https://api.anaplan.com${MODELS}", "${CLOSED}")`)).modelsDeleted, 1);
  }),
);

test("two tabs have a world each, and stopping one leaves the other", { skip }, () =>
  within(async (context) => {
    const [one, other] = [await open(context), await open(context)];
    assert.deepEqual([await run(one, "begin({})"), await run(other, "begin({})")], ["begun", "begun"]);
    const both = await Promise.all([one, other].map((page) => run(page, `remove("${MODELS}", "${CLOSED}")`)));
    assert.deepEqual(both.map(({ modelsDeleted }) => modelsDeleted), [1, 1]);
    await run(one, "interception.stop()");
    assert.equal((await run(other, `remove("${MODELS}", "${CLOSED}")`)).modelsDeleted, 0);
    assert.equal(await run(one, `(async () => (await fetch("${MODELS}", request([]))).status)()`), 404);
    // A second mock of the same page is refused, and the first goes on.
    assert.match(await run(other, "begin({})"), /^InterceptError: another mock/);
    assert.deepEqual(await run(other, deleted), [CLOSED]);
    assert.equal((await run(other, `remove("${MODELS}", "${CLOSED}")`)).modelsDeleted, 0);
  }),
);

test("a page that is never told that the worker has become active has its requests answered", { skip }, () =>
  within(async (context) => {
    const [one, other] = [await open(context), await open(context)];
    // WebKit leaves it so in pages that were there before the worker was.
    await run(other, `{
      const { get } = Object.getOwnPropertyDescriptor(ServiceWorker.prototype, "state");
      Object.defineProperty(ServiceWorker.prototype, "state", { get() { const told = get.call(this); return told === "activated" ? "activating" : told; } });
    }`);
    assert.deepEqual([await run(one, "begin({})"), await run(other, "begin({})")], ["begun", "begun"]);
    assert.equal((await run(other, `remove("${MODELS}", "${CLOSED}")`)).modelsDeleted, 1);
    await run(other, "interception.stop()");
    assert.equal((await run(one, `remove("${MODELS}", "${CLOSED}")`)).modelsDeleted, 1);
  }),
);

test("of two that begin at the same time one is refused", { skip }, () =>
  within(async (context) => {
    const page = await open(context);
    const both = await run(page, "Promise.all([begin({}), begin({})])");
    assert.deepEqual(both.map((/** @type {string} */ told) => told.slice(0, 28)).sort(), ["InterceptError: another mock", "begun"]);
    assert.equal((await run(page, `remove("${MODELS}", "${CLOSED}")`)).modelsDeleted, 1);
    assert.equal((await run(page, "mock.journal.entries()")).length, 1, "it is asked once");
    await run(page, "interception.stop()");
    assert.equal(await run(page, `(async () => (await fetch("${MODELS}", request([]))).status)()`), 404);
  }),
);

test("a worker that was ended is started again, and nothing is forgotten", { skip }, () =>
  within(async (context) => {
    const page = await open(context);
    assert.equal(await run(page, "begin({})"), "begun");
    assert.equal((await run(page, `remove("${MODELS}", "${CLOSED}")`)).modelsDeleted, 1);
    const devtools = await context.newCDPSession(page);
    await devtools.send("ServiceWorker.enable");
    for (let time = 0; time < 3; time += 1) {
      await devtools.send("ServiceWorker.stopAllWorkers");
      assert.equal((await run(page, `remove("${MODELS}", "${CLOSED}")`)).modelsDeleted, 0);
    }
    assert.deepEqual(await run(page, deleted), [CLOSED]);
  }),
);

test("the page has what the worker remembers, too, as WebKit forgets in private windows what only a worker had", { skip }, () =>
  within(async (context) => {
    const page = await open(context);
    await run(page, `{
      globalThis.opened = [];
      const { open } = CacheStorage.prototype;
      CacheStorage.prototype.open = async function (name) { const cache = await open.call(this, name); opened.push([name, new WeakRef(cache)]); return cache; };
    }`);
    assert.equal(await run(page, "begin({})"), "begun");
    await (await context.newCDPSession(page)).send("HeapProfiler.collectGarbage");
    assert.deepEqual(await run(page, "opened.map(([name, cache]) => [name, cache.deref() !== undefined])"), [["bulk-delete-mock", true]]);
    await run(page, "interception.stop()");
    await run(page, "delete globalThis.interception");
    await (await context.newCDPSession(page)).send("HeapProfiler.collectGarbage");
    assert.deepEqual(await run(page, "opened.map(([, cache]) => cache.deref() !== undefined)"), [false]);
  }),
);

test("a worker that is ended in the middle of a request has it answered once, and rightly", { skip }, () =>
  within(async (context) => {
    const page = await open(context);
    // The mock is held up for as long as its clock is read.
    await run(page, `(async () => {
      globalThis.slow = 0;
      mock = await make({ clock: () => { const end = Date.now() + slow; slow = 0; while (Date.now() < end); return Date.now(); } });
    })()`);
    assert.equal(await run(page, "begin({})"), "begun");
    // The browser itself ends workers, also while the page is busy.
    const devtools = await context.newCDPSession(page);
    await devtools.send("ServiceWorker.enable");
    await run(page, `void (globalThis.sent = (slow = 2000, remove("${MODELS}", "${CLOSED}").catch(({ name }) => name)))`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await devtools.send("ServiceWorker.stopAllWorkers");
    // Chromium sends the request again, to a worker that it starts for it.
    assert.equal((await run(page, "sent")).modelsDeleted, 1);
    assert.deepEqual(await run(page, deleted), [CLOSED]);
    assert.equal(await run(page, "mock.audit().length"), 1);
    // Whoever asks for the same thing again is told what has become of it.
    assert.equal((await run(page, `remove("${MODELS}", "${CLOSED}")`)).modelsDeleted, 0);
  }),
);

test("an answer that a worker takes into its grave is told", { skip }, () =>
  within(async (context) => {
    const page = await open(context);
    assert.equal(await run(page, "begin({})"), "begun");
    const said = page.waitForEvent("console");
    await run(page, `{
      const { port1, port2 } = new MessageChannel();
      const url = location.origin + "${MODELS}";
      port1.onmessage = ({ data }) => { if (data.take) port1.postMessage({ headers: Object.entries(request([]).headers), body: new ArrayBuffer(0) }); };
      navigator.serviceWorker.dispatchEvent(
        new MessageEvent("message", { data: { bulkDeleteMock: "request", life: "1", method: "POST", url }, ports: [port2] }),
      );
    }`);
    assert.match((await said).text(), /the answer to POST http.* did not arrive.*has carried the request out/);
  }),
);

test("a newer worker waits for what the older one has begun, and pages need not wait with it", { skip }, () =>
  within(async (context) => {
    const page = await open(context);
    assert.equal(await run(page, "begin({})"), "begun");
    await run(page, "globalThis.older = navigator.serviceWorker.controller");
    /** @type {(value?: unknown) => void} */
    let release = () => {};
    const after = new Promise((resolve) => (release = resolve));
    pages["/app/held.json"] = { type: "application/json", body: "{}", after };
    await run(page, `void (globalThis.held = fetch("held.json"))`);
    await update(page, "A newer one.");
    const repeated = `(async () => {
      const answers = [];
      while (answers.length < 20) answers.push((await remove("${MODELS}", "${CLOSED}")).modelsDeleted);
      return answers;
    })()`;
    assert.deepEqual(await run(page, repeated), [1, ...new Array(19).fill(0)]);
    const other = await open(context);
    assert.equal(await run(other, "begin({})"), "begun");
    assert.equal((await run(other, `remove("${MODELS}", "${CLOSED}")`)).modelsDeleted, 1);
    assert.equal(await run(page, "navigator.serviceWorker.controller === older"), true);
    const takenOver = page.waitForFunction("navigator.serviceWorker.controller !== older", null, { timeout: 20_000 });
    release();
    await takenOver;
    assert.equal(await run(page, "held.then(({ status }) => status)"), 200);
    assert.deepEqual(await run(page, repeated), new Array(20).fill(0));
    assert.deepEqual(await run(other, repeated), new Array(20).fill(0));
    assert.deepEqual(await run(other, "interception.stop().then(() => mock.audit().length)"), 21);
  }),
);

test("requests are answered rightly while a worker is updated", { skip }, () =>
  within(async (context) => {
    const page = await open(context);
    assert.equal(await run(page, "begin({})"), "begun");
    const answers = run(page, `(async () => {
      globalThis.goOn = true;
      const answers = [];
      while (goOn || answers.length < 20) answers.push((await remove("${MODELS}", "${CLOSED}")).modelsDeleted);
      return answers;
    })()`);
    await update(page, "Another newer one.");
    // Which of the two answers from here on is not said: a request that comes while Chromium ends the older one has it started
    // again, and the newer one waits until nothing is asked for half a minute.
    await run(page, "new Promise((resolve) => setTimeout(() => resolve(goOn = false), 200))");
    const told = await answers;
    assert.deepEqual(told, [1, ...new Array(told.length - 1).fill(0)]);
    assert.equal(await run(page, "mock.audit().length"), told.length);
  }),
);

test("nobody else's worker is replaced, and what is no such worker is told", { skip }, () =>
  within(async (context) => {
    const page = await open(context);
    await run(page, `navigator.serviceWorker.register("/theirs.js", { scope: "/app/" }).then(() => navigator.serviceWorker.ready).then(() => {})`);
    assert.match(await run(page, "begin({})"), /^InterceptError: http.*\/theirs\.js is the service worker of this page already/);
    assert.match(await run(page, "navigator.serviceWorker.ready.then(({ active }) => active.scriptURL)"), /theirs\.js$/);
    const elsewhere = await open(context, "/other/");
    assert.match(await run(elsewhere, `begin({ worker: "/none.js" })`), /^InterceptError: the service worker .*none\.js cannot be registered/);
    assert.match(await run(elsewhere, `begin({ scope: "/app/" })`), /^InterceptError: scope: .* does not hold this page/);
    assert.equal(await run(elsewhere, "begin({})"), "begun");
  }),
);
