/**
 * `npx bulk-delete mock` beside the binary: the same options, start-up text, paths, answers, sessions and exit codes. Run by
 * `cargo xtask test examples`, which says in BULK_DELETE_MOCK where the binary is.
 */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const BINARY = process.env.BULK_DELETE_MOCK ?? "";
const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const TRACKER = join(ROOT, "examples/contracts/task-tracker");
const MODELS = "/2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels";
const CLOSED = "2D0E3F8051B25C6D9E7F403B2C1D0E9F";
/** The two that are compared: a program, and the words before the options. @type {[string, string[]][]} */
const BOTH = [
  [BINARY, ["serve"]],
  [process.execPath, [fileURLToPath(new URL("../../bin/bulk-delete.js", import.meta.url)), "mock"]],
];
let folder = "";

before(async () => {
  assert.notEqual(BINARY, "", "BULK_DELETE_MOCK says where the binary is");
  folder = await mkdtemp(join(tmpdir(), "bulk-delete-both-"));
  await mkdir(join(folder, "page/src"), { recursive: true });
  await writeFile(join(folder, "page/index.html"), "<!doctype html><title>a page</title>");
  await writeFile(join(folder, "page/src/a.js"), "// plain");
  await writeFile(join(folder, "page/src/a.js.gz"), "gzip");
  await writeFile(join(folder, "page/src/a.js.br"), "brotli");
  await writeFile(join(folder, "world.json"), JSON.stringify({ callers: [{ id: "zoe" }] }));
  await writeFile(join(folder, "latin.json"), Buffer.from('{"callers":[{"id":"caf\xe9"}]}', "latin1"));
  await cp(TRACKER, join(folder, "task-tracker"), { recursive: true });
  await cp(TRACKER, join(folder, "broken"), { recursive: true });
  await writeFile(join(folder, "broken/policy.json"), "{}");
});
after(() => rm(folder, { recursive: true, force: true }));

/** @typedef {{ url: string, out: () => string, line: () => Promise<string> }} Running */

/**
 * Does the same with both, while they run, and compares what comes of it.
 *
 * @template T
 * @param {readonly string[]} words
 * @param {(running: Running) => Promise<T>} work
 */
async function both(words, work) {
  const [binary, node] = [await running(BOTH[0], words, work), await running(BOTH[1], words, work)];
  assert.deepEqual(node, binary, words.join(" "));
  return binary;
}

/** @template T @param {[string, string[]]} program @param {readonly string[]} words @param {(running: Running) => Promise<T>} work */
async function running([program, first], words, work) {
  const child = spawn(program, [...first, "--port", "0", ...words]);
  const ended = new Promise((resolve) => child.on("close", resolve));
  let [out, err] = ["", ""];
  child.stderr.on("data", (data) => (err += data));
  child.stdout.on("data", (data) => (out += data));
  let read = 0;
  const line = async () => {
    while (!out.slice(read).includes("\n")) {
      await Promise.race([new Promise((resolve) => child.stdout.once("data", resolve)), ended.then(() => Promise.reject(new Error(err)))]);
    }
    const end = out.indexOf("\n", read);
    const said = out.slice(read, end);
    read = end + 1;
    return said;
  };
  const [url] = /http:\/\/[^"\s]*\d/.exec(await line()) ?? [""];
  try {
    return await work({ url, out: () => same(out, url), line });
  } finally {
    child.kill();
    assert.equal(await ended, 0, err);
  }
}

/** What differs from run to run, taken out: ports, times, ids, and what is signed. @param {string} text @param {string} url */
function same(text, url) {
  return text
    .replaceAll(url, "URL")
    .replaceAll(/(127\.0\.0\.1|localhost):\d+/g, "$1:PORT")
    .replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "JWT")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME");
}

/** @param {string} url @param {string} path @param {RequestInit & { headers?: Record<string, string> }} [init] */
async function ask(url, path, init) {
  const response = await fetch(url + path, { redirect: "manual", ...init });
  const headers = ["content-type", "content-encoding", "allow", "vary", "cache-control", "content-security-policy", "x-bulk-delete-mock", "etag"];
  return [response.status, headers.map((name) => response.headers.get(name)), same(await response.text(), url)];
}

/** A deletion. @param {string} url @param {Record<string, string>} [headers] */
async function remove(url, headers) {
  const body = JSON.stringify({ modelIdsToDelete: [CLOSED] });
  const all = { Authorization: "AnaplanAuthToken ada-token", "Content-Type": "application/json", ...headers };
  return (await fetch(url + MODELS, { method: "POST", headers: all, body })).json().then(({ modelsDeleted }) => modelsDeleted);
}

/** @param {string} url @param {string} method @param {string} call @param {unknown} [body] */
async function control(url, method, call, body) {
  const response = await fetch(`${url}/__mock/${call}`, { method, body: body === undefined ? null : JSON.stringify(body) });
  const text = await response.text();
  return text === "" ? response.status : JSON.parse(text);
}

test("what is said at the start", async () => {
  const settled = async (/** @type {Running} */ { out }) => {
    // The page for people comes at once.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return out();
  };
  assert.match(await both([], settled), /^Serving 5 contracts on URL\n\nseismic-programs {2}DELETE/);
  assert.match(await both(["--json"], settled), /^\{"ready":true,"url":"URL","contracts":\[.*\]\}\n$/);
  assert.match(await both(["--page", join(folder, "page")], settled), /^Serving.*\nOpen it in a browser: URL\/\n/);
  assert.match(await both(["--contract", TRACKER, "--only", "--clock", "frozen"], settled), /^Serving 1 contract on/);
});

test("what is answered at every path", async () => {
  await both(["--contract", TRACKER, "--scenario", "all-models-closed"], async ({ url }) => {
    const told = [];
    const calls = ["", "/", "/health", "/contracts", "/world", "/world?contract=anaplan-models", "/scenarios", "/changes", "/audit", "/operations"];
    for (const call of [...calls, "/faults", "/journal", "/sessions", "/none"]) told.push([call, await ask(url, `/__mock${call}`)]);
    for (const path of ["/", "/nothing", MODELS, "/src/a.js"]) told.push([path, await ask(url, path)]);
    for (const [call, body] of [["scenarios/none", ""], ["pact/provider-states", "{}"], ["clock", "{}"], ["tokens", '{"caller":"nobody"}'], ["faults", '{"latency":"x"}']]) {
      told.push([call, await ask(url, `/__mock/${call}`, { method: "POST", body })]);
    }
    told.push(await remove(url), await remove(url));
    told.push(await ask(url, "/__mock/scenarios/nothing-to-delete", { method: "POST" }), await remove(url));
    told.push(await ask(url, "/__mock/reset", { method: "POST" }), await remove(url));
    told.push(await remove(url, { "X-Mock-Scenario": "nothing-to-delete" }), await remove(url, { "X-Mock-Session": "mine" }));
    return told;
  });
});

test("a page", async () => {
  await both(["--page", join(folder, "page")], async ({ url }) => {
    const told = [];
    for (const [path, headers] of /** @type {[string, Record<string, string>][]} */ ([
      ["/", {}],
      ["/index.html", {}],
      ["/src/a.js", { "accept-encoding": "identity" }],
      ["/src/a.js.gz", {}],
      ["/src/none.js", {}],
      ["/__mock/health", {}],
    ])) {
      const [status, seen, text] = await ask(url, path, { headers });
      told.push([path, status, seen, text]);
      const etag = /** @type {string[]} */ (seen).at(-1);
      if (etag) told.push(await ask(url, path, { headers: { ...headers, "if-none-match": etag } }));
    }
    for (const encoding of ["gzip, deflate, br", "gzip", "br;q=0, gzip;q=0.5"]) told.push(await raw(`${url}/src/a.js`, encoding));
    told.push(await ask(url, "/", { method: "HEAD" }), await ask(url, "/", { method: "POST" }));
    return told;
  });
});

/** What is sent, as it is. @param {string} url @param {string} encoding */
function raw(url, encoding) {
  return new Promise((resolve, reject) => {
    request(url, { headers: { "accept-encoding": encoding } }, (response) => {
      let text = "";
      response.on("data", (data) => (text += data));
      response.on("end", () => resolve([response.statusCode, response.headers["content-encoding"], text]));
    })
      .on("error", reject)
      .end();
  });
}

/** Whether somebody answers there who has not been talked to before. @param {string} url @returns {Promise<string>} */
function listens(url) {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => resolve("open"));
    socket.on("error", () => resolve("closed"));
    socket.on("connect", () => socket.destroy());
  });
}

test("sessions at addresses of their own, until they end or are left alone", async () => {
  const told = await both(["--session-idle", "1"], async ({ url }) => {
    const made = await Promise.all(["one", "two", undefined].map((name) => control(url, "POST", "sessions", name === undefined ? {} : { name, scenario: "all-models-closed" })));
    const urls = made.map((/** @type {any} */ session) => session.url);
    assert.equal(new Set([url, ...urls]).size, 4, `${urls}`);
    const told = [made.slice(0, 2).map(({ name, tokens }) => [name, Object.keys(tokens)])];
    for (const each of [url, ...urls]) told.push([await remove(each), await remove(each)]);
    // Asked again, it has the same.
    assert.equal((await control(url, "POST", "sessions", { name: "one" })).url, urls[0]);
    told.push((await control(urls[1], "GET", "journal")).entries.length, await control(url, "DELETE", "sessions/one"));
    const closed = await listens(urls[0]);
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    // A session that begins after it was left alone has forgotten everything.
    told.push(closed, await remove(url, { "X-Mock-Session": "two" }), await remove(url, { "X-Mock-Session": "two" }));
    return told;
  });
  assert.deepEqual(told.slice(1), [[1, 0], [1, 0], [1, 0], [1, 0], 2, 204, "closed", 1, 0]);
});

test("documents that change", async () => {
  const own = join(folder, "task-tracker");
  await both(["--json", "--only", "--watch", "--contract", own], async ({ line }) => {
    const policy = join(own, "policy.json");
    const good = await readFile(policy, "utf8");
    const told = [];
    for (const text of [good.replace('"retry": "after-change"', '"retry": "never"'), "{}", good]) {
      await writeFile(policy, text);
      const { findings, ...rest } = JSON.parse(await line());
      told.push([rest, findings?.map((/** @type {any} */ { pointer, message, line }) => [pointer, message, line])]);
    }
    await writeFile(policy, good);
    return told;
  });
});

test("how it ends where it cannot serve", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = /** @type {import("node:net").AddressInfo} */ (taken.address());
  for (const [words, code, alike] of /** @type {[string[], number, RegExp][]} */ ([
    [["--port", "70000"], 2, /^$/],
    [["--clock", "soon"], 2, /^$/],
    [["--only"], 2, /^$/],
    [["--watch"], 2, /^$/],
    [["--scenario", "x", "--world", join(folder, "world.json")], 2, /^$/],
    [["--nonsense"], 2, /^$/],
    [["--host", ""], 2, /^$/],
    [["--host", "example.invalid"], 2, /^$/],
    [["--clock", "real", "--clock", "frozen"], 2, /^$/],
    [["--page", ""], 2, /^$/],
    [["--world", join(folder, "latin.json")], 1, /not JSON: bytes are not UTF-8 at line 1, column 23/],
    [["--scenario", "none"], 2, /^--scenario names none.*\n$/],
    [["--contract", join(folder, "none")], 2, /^.*none cannot be read: /],
    [["--world", join(folder, "none.json")], 2, /^.*none\.json cannot be read: /],
    [["--page", join(folder, "broken")], 2, /^.*broken: a page needs an index\.html.*\n$/],
    [["--page", join(folder, "none")], 2, /^.*none cannot be read: /],
    [["--port", String(port)], 2, /^port \d+ of 127\.0\.0\.1 is taken.*\n$/],
    [["--contract", TRACKER, "--contract", join(folder, "task-tracker")], 2, /^.*task-tracker and .*task-tracker are both called `task-tracker`/],
    [["--contract", join(folder, "broken")], 1, /\d errors?: nothing is served\n$/],
  ])) {
    const ends = [];
    for (const [program, first] of BOTH) {
      const child = spawn(program, [...first, ...(words[0] === "--port" ? [] : ["--port", "0"]), ...words]);
      let [out, err] = ["", ""];
      child.stdout.on("data", (data) => (out += data));
      child.stderr.on("data", (data) => (err += data));
      ends.push({ code: await new Promise((resolve) => child.on("close", resolve)), out, said: alike.exec(err)?.[0], err });
    }
    const [binary, node] = ends;
    assert.deepEqual([node.code, node.out, node.said], [binary.code, binary.out, binary.said], `${words.join(" ")}: ${node.err}`);
    assert.equal(binary.code, code, words.join(" "));
    if (alike.source !== "^$") assert.ok(binary.said, `${words.join(" ")}: ${binary.err}`);
  }
  taken.close();
});

test("both have the same options, but for what the help says is missing", async () => {
  const options = await Promise.all(
    BOTH.map(async ([program, first]) => {
      const child = spawn(program, [...first, "--help"]);
      let out = "";
      child.stdout.on("data", (data) => (out += data));
      await new Promise((resolve) => child.on("close", resolve));
      return [...out.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name).sort();
    }),
  );
  // The version is of the program, and not of its command.
  assert.deepEqual(options[1].filter((name) => name !== "--version"), options[0].filter((name) => name !== "--state"));
});
