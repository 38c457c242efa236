/** `npx bulk-delete mock`: what it prints, serves and refuses, and how it ends. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { isLoopback, isLoopbackPage } from "../src/mock/command/hosts.js";
import { documents, names } from "./corpus/files.js";

const PROGRAM = fileURLToPath(new URL("../bin/bulk-delete.js", import.meta.url));
const SCHEMAS = fileURLToPath(new URL("../../../schemas", import.meta.url));
let folder = "";
/** When it was told to end. */
let began = 0;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "bulk-delete-command-"));
});
after(() => rm(folder, { recursive: true, force: true }));

/** Runs it to its end. @param {readonly string[]} words @returns {Promise<{ code: number | null, out: string, err: string }>} */
function run(...words) {
  const child = spawn(process.execPath, [PROGRAM, ...words]);
  return ended(child);
}

/** @param {import("node:child_process").ChildProcessWithoutNullStreams} child @returns {Promise<{ code: number | null, out: string, err: string }>} */
function ended(child) {
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => (out += data));
  child.stderr.on("data", (data) => (err += data));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

/** Runs it while something is done. @template T @param {readonly string[]} words @param {(url: string, line: any) => Promise<T>} work */
async function serving(words, work) {
  const child = spawn(process.execPath, [PROGRAM, "mock", "--port", "0", "--json", ...words]);
  const end = ended(child);
  const line = await Promise.race([
    new Promise((resolve) => child.stdout.once("data", (data) => resolve(JSON.parse(String(data))))),
    end.then(({ err }) => Promise.reject(new Error(err))),
  ]);
  try {
    return await work(line.url, line);
  } finally {
    child.kill();
    assert.deepEqual((await end).code, 0, "it ends as it was asked to");
  }
}

/** What comes back on a connection for these bytes. @param {string} url @param {string} bytes @returns {Promise<string>} */
function exchange(url, bytes) {
  return new Promise((resolve, reject) => {
    let told = "";
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (data) => (told += data));
    socket.on("end", () => resolve(told));
    socket.on("error", reject);
  });
}

test("it serves the built-in contracts, or only others", async () => {
  const all = await serving([], async (url, line) => {
    assert.equal((await fetch(`${url}/__mock/health`)).status, 200);
    const { contracts } = await (await fetch(`${url}/__mock/contracts`)).json();
    assert.deepEqual(new Set(contracts.map((/** @type {any} */ { origin }) => origin)), new Set(["built-in"]));
    return line.contracts;
  });
  assert.deepEqual(all.toSorted(), names);
  await cp(join(SCHEMAS, "anaplan-models"), join(folder, "mine"), { recursive: true });
  const world = join(folder, "world.json");
  // A byte order mark is no part of a document.
  await writeFile(world, `\ufeff${JSON.stringify({ callers: [{ id: "zoe" }] })}`);
  await writeFile(join(folder, "mine", "policy.json"), `\ufeff${documents("anaplan-models").policy}`);
  await serving(["--contract", join(folder, "mine"), "--only", "--world", world, "--clock", "frozen"], async (url, line) => {
    assert.deepEqual(line.contracts, ["mine"]);
    const read = async (/** @type {string} */ call) => (await fetch(`${url}/__mock/${call}`)).json();
    assert.deepEqual((await read("world")).callers.map((/** @type {any} */ { id }) => id), ["zoe"]);
    assert.equal((await read("contracts")).contracts[0].origin, "given");
    const { openapi, policy } = documents("anaplan-models");
    const own = await read("contracts/mine");
    assert.deepEqual(own, { name: "mine", openapi: JSON.parse(openapi), policy: JSON.parse(policy) });
    const { now } = await read("clock");
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(await read("clock"), { now });
  });
});

test("it speaks HTTP within its bounds", async () => {
  await serving(["--max-body", "1000", "--body-timeout", "200"], async (url) => {
    const path = "/2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels";
    const head = (/** @type {string} */ more, host = "127.0.0.1") => `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${more}\r\n`;
    const status = async (/** @type {string} */ bytes) => (await exchange(url, bytes)).slice(9, 12);
    const as = "Authorization: AnaplanAuthToken ada-token\r\nContent-Type: application/json\r\n";
    assert.equal(await status(`${head(`${as}Content-Length: 2000\r\n`)}${"x".repeat(2000)}`), "413");
    assert.equal(await status(`${head(`${as}Content-Length: 20\r\n`)}{`), "408");
    assert.equal(await status(head("", "evil.example")), "403");
    assert.equal(await status(`GET ${path} HTTP/1.1\r\nConnection: close\r\n\r\n`), "400");
    // Whoever says the whole URL names a host twice.
    assert.equal(await status(`GET http://localhost/__mock/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`), "403");
    assert.equal(await status(`GET http://evil.example/__mock/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`), "403");
    assert.equal(await status(`GET http://localhost${path}?a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`), "405");
    for (const [origin, control] of [["http://localhost:5173", "204"], ["https://evil.example", "403"], ["null", "403"]]) {
      const page = `Host: localhost\r\nOrigin: ${origin}\r\nConnection: close\r\n`;
      assert.equal(await status(`POST /__mock/reset HTTP/1.1\r\n${page}Content-Length: 0\r\n\r\n`), control, origin);
      assert.equal(await status(`GET ${path} HTTP/1.1\r\n${page}\r\n`), "405", origin);
    }
    assert.equal(await status(`GET /__mock/health HTTP/1.1\r\nHost: localhost\r\nExpect: a miracle\r\nConnection: close\r\n\r\n`), "200");
    assert.equal(await status(head(Array.from({ length: 120 }, (_, index) => `X-${index}: y\r\n`).join(""))), "431");
    const told = await exchange(url, `HEAD /__mock/health HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n`);
    assert.match(told, /^HTTP\/1\.1 200 [^]*content-length: 15\r\n[^]*\r\n\r\n$/i);
  });
});

test("whoever writes all before they read gets to see that it was too much", async () => {
  await serving(["--max-body", "1000"], async (url) => {
    const length = 20_000_000;
    const head = `POST /2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`;
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    await new Promise((resolve, reject) => {
      socket.on("error", reject);
      socket.write(head + "x".repeat(length), (error) => (error ? reject(error) : resolve(undefined)));
    });
    const told = await new Promise((resolve) => socket.once("data", resolve));
    assert.match(String(told), /^HTTP\/1\.1 413 /);
    socket.destroy();
  });
});

test("it ends when what it has begun is answered, at the addresses of sessions as well", async () => {
  await serving([], async (url) => {
    const { url: own } = await (await fetch(`${url}/__mock/sessions`, { method: "POST", body: "{}" })).json();
    for (const each of [url, own]) {
      await fetch(`${each}/__mock/faults`, { method: "POST", body: '{"latency":400}' });
      void fetch(`${each}/2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels`, { method: "POST" }).then((answer) => answer.text());
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    began = performance.now();
  });
  const took = performance.now() - began;
  assert.ok(took > 100 && took < 2_000, `it took ${took} ms`);
});

test("a connection to the address of an ended session does not begin it anew", async () => {
  await serving([], async (url) => {
    const { url: own } = await (await fetch(`${url}/__mock/sessions`, { method: "POST", body: '{"name":"w1"}' })).json();
    const ask = (/** @type {string} */ method, /** @type {string} */ path) => `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const told = await exchange(own, ask("DELETE", "/__mock/sessions") + ask("GET", "/__mock/changes"));
    assert.match(told, /^HTTP\/1\.1 204 [^]*\r\nHTTP\/1\.1 421 [^]*connection: close\r\n[^]*the session `w1` has ended/i);
    assert.equal((await fetch(`${url}/__mock/sessions/w1`)).status, 404);
  });
});

test("findings in documents end it with 1, and everything is told", async () => {
  const { openapi, policy } = documents("anaplan-models");
  const broken = join(folder, "broken");
  await cp(join(SCHEMAS, "anaplan-models"), broken, { recursive: true });
  await writeFile(join(broken, "openapi.json"), openapi);
  await writeFile(join(broken, "policy.json"), policy.replace('"resource": "model"', '"resource": 7, "surplus": 1'));
  const { code, out, err } = await run("mock", "--port", "0", "--contract", broken);
  assert.deepEqual([code, out], [1, ""]);
  assert.match(err, /broken\/policy\.json:\d+: \/resource: /);
  assert.match(err, /\/surplus/);
  assert.match(err, /\n2 errors: nothing is served\n$/);
});

test("a document that is no UTF-8 is told so, and nothing is put in its place", async () => {
  const world = join(folder, "latin.json");
  await writeFile(world, Buffer.from('{"callers":[{"id":"caf\xe9"}]}', "latin1"));
  const { code, out, err } = await run("mock", "--port", "0", "--world", world);
  assert.deepEqual([code, out], [1, ""]);
  assert.match(err, /latin\.json.*: not JSON: bytes are not UTF-8 at line 1, column 23\n1 error: nothing is served\n$/);
});

test("what it cannot do or understand ends it with 2", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = /** @type {import("node:net").AddressInfo} */ (taken.address());
  for (const [words, told] of /** @type {[string[], RegExp][]} */ ([
    [[], /command is missing/],
    [["serve"], /no command `serve`/],
    [["mock", "--prot", "1"], /--prot/],
    [["mock", "--port", "70000"], /--port must be a whole number up to 65535/],
    [["mock", "--only"], /--only needs --contract/],
    [["mock", "--clock", "soon"], /--clock/],
    [["mock", "--contract", join(folder, "none")], /none cannot be read/],
    [["mock", "--world", join(folder, "none.json")], /none\.json cannot be read/],
    [["mock", "--port", String(port)], /is taken: end the program that listens there/],
    // Nothing, and a name, would be taken by Node: the one for every address of the machine.
    [["mock", "--host", ""], /--host must be an IP address, such as 127\.0\.0\.1 or ::1, and is ``/],
    [["mock", "--host", "example.invalid"], /--host must be an IP address/],
    [["mock", "--port", "1", "--port", "2"], /--port may be given only once/],
    [["mock", "--json", "--json"], /--json may be given only once/],
    [["mock", "--world", ""], /--world needs a value/],
  ])) {
    const { code, out, err } = await run(...words);
    assert.deepEqual([code, out], [2, ""], words.join(" "));
    assert.match(err, told);
  }
  taken.close();
  const help = await run("--help");
  assert.equal(help.code, 0);
  assert.match(help.out, /^Serve the contracts on their documented paths/);
  assert.match((await run("--version")).out, /^bulk-delete \d/);
});

test("loopback is recognised", () => {
  for (const good of ["localhost", "LOCALHOST:4010", "localhost.", "test-1.localhost:4010", "127.0.0.1:4010", "127.8.9.10", "[::1]:4010", "[::1]", "[::ffff:127.0.0.1]:80", " 127.0.0.1 "]) {
    assert.equal(isLoopback(good), true, good);
  }
  for (const bad of ["", "example.com", "evillocalhost", "localhost.example.com", "127.0.0.1.example.com", "127.0.0.1@example.com", "10.0.0.1:4010", "0.0.0.0:4010", "[::2]:4010", "[::1", "[::1]x", "::1", "localhost:http", "\u2113ocalhost"]) {
    assert.equal(isLoopback(bad), false, bad);
  }
});

test("pages of loopback are recognised", () => {
  for (const good of ["http://localhost:5173", "https://app.localhost", "http://127.0.0.1:4010", "http://[::1]:4010"]) {
    assert.equal(isLoopbackPage(good), true, good);
  }
  for (const bad of ["", "null", "localhost", "https://example.com", "http://localhost.example.com", "http://example.com/localhost", "chrome-extension://localhost"]) {
    assert.equal(isLoopbackPage(bad), false, bad);
  }
});
