/** Contracts of the user's own in other forms: each of the five as one, and one that says everything otherwise. */

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { APIS } from "../../src/apis.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const TASKS = join(ROOT, "examples/contracts/task-tracker");
const FIVE = APIS.map(({ name }) => name);
/** The one that keeps its name, and takes the place of the built-in one with other words. */
const CHANGED = "anaplan-models";

/** @typedef {import("../lib/visit.mjs").Visit} Visit */

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function forms(place, say) {
  const folder = await mkdtemp(join(tmpdir(), "bulk-delete-page-"));
  try {
    const mine = FIVE.map((name) => (name === CHANGED ? name : `my-${name}`));
    // Their scenarios name them, and they have other names here.
    const filter = (/** @type {string} */ path) => !path.endsWith("scenarios");
    for (const [index, name] of FIVE.entries()) await cp(join(ROOT, "schemas", name), join(folder, mine[index]), { recursive: true, filter });
    await rewrite(join(folder, CHANGED, "policy.json"), (text) => text.replaceAll("Model is open.", "It is OPEN."));
    await odd(join(folder, "odd"));
    const others = await place.serve("binary", [...mine, "odd"].flatMap((name) => ["--contract", join(folder, name)]).concat("--only"));
    await place.visit("", (visit) => all(visit, mine), { base: place.address(others) });
    say(`the ${mine.length} as contracts of the user's own: without a container, with ids in the query, in the background`);
    await place.visit("?api=odd", (visit) => strange(visit), { base: place.address(others) });
    say("one with names and passwords, its container in the query, more that is required; and one that was changed");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} path @param {(text: string) => string} change */
async function rewrite(path, change) {
  const text = await readFile(path, "utf8");
  const changed = change(text);
  assert.notEqual(changed, text, path);
  await writeFile(path, changed);
}

/** The tutorial's contract with other ways of saying the same, and one rule turned round. @param {string} folder */
async function odd(folder) {
  await cp(TASKS, folder, { recursive: true });
  await rm(join(folder, "examples"), { recursive: true });
  await rewrite(join(folder, "openapi.json"), (text) => {
    const openapi = JSON.parse(text);
    const [path] = Object.values(openapi.paths);
    const { requestBody, parameters } = path.post;
    const [project] = parameters;
    const tenant = { name: "tenant", in: "path", required: true, schema: { $ref: "#/components/schemas/Tenant" } };
    path.post.parameters = [{ ...project, in: "query" }, tenant, { name: "X-Reason", in: "header", required: true, example: "tidying", schema: { type: "string" } }];
    const { schema } = requestBody.content["application/json"];
    Object.assign(schema, { required: ["task_ids", "mode"], properties: { ...schema.properties, mode: { type: "string", enum: ["hard", "soft"] } } });
    openapi.components = { schemas: { Tenant: { type: "string", enum: ["north", "south"] } } };
    openapi.paths = { "/odd:bulk/{tenant}/tasks": path };
    return JSON.stringify(openapi);
  });
  await rewrite(join(folder, "policy.json"), (text) => {
    const policy = JSON.parse(text);
    policy.credentials = [{ kind: "basic", header: "Authorization", scheme: "Basic" }];
    policy.container.id = "/query/projectId";
    policy.resource = "odd-taskEntry";
    const state = policy.checks.item.at(-1);
    Object.assign(state, { check: "state-is-not", state: "open" });
    return JSON.stringify(policy);
  });
  await rewrite(join(folder, "world.json"), (text) => {
    const world = JSON.parse(text.replaceAll('"ada"', '"zoe"').replaceAll('"bob"', '"yan"'));
    world.callers = world.callers.map((/** @type {any} */ { id, grants }) => ({ id, grants, login: { user: `${id}@exämple.com`, password: "a:b" } }));
    world.resources = world.resources.map((/** @type {any} */ row) => ({ ...row, kind: "odd-taskEntry" }));
    return JSON.stringify(world);
  });
}

/** @param {Visit} visit */
async function strange(visit) {
  const { page } = visit;
  await visit.says(page.locator("#rows-title"), "3 odd task entries");
  const offered = await page.locator("#caller option").evaluateAll((options) => options.map((each) => /** @type {HTMLOptionElement} */ (each).value));
  assert.deepEqual([...offered.slice(0, 2), offered.at(-1)], ["zoe", "yan", "nobody"], "those first who have to do with it");
  assert.equal(offered.includes("expired"), false, "a password does not expire");
  await visit.all();
  assert.equal(await page.locator("#target").inputValue(), "/odd:bulk/north/tasks?projectId=apollo");
  assert.equal(JSON.parse(await page.locator("#body").inputValue()).mode, "hard");
  await visit.says(visit.row("Build it").locator(".forecast"), "✕ Stays This task is not done.");
  await visit.delete();
  await visit.says(page.locator("#report-text"), "1 deleted, 2 not deleted.");
  await visit.told("Build it").getByRole("button", { name: "Make it done" }).click();
  await visit.says(visit.row("Build it").locator(".forecast"), "✓ Will be deleted");
  await visit.choose(CHANGED);
  await visit.row("Budget 2027").click();
  await visit.says(visit.row("Budget 2027").locator(".forecast"), "✕ Stays It is OPEN. Please close the model before trying again.");
  await visit.delete();
}

/** @param {Visit} visit @param {readonly string[]} names */
async function all(visit, names) {
  const { page } = visit;
  for (const name of names) {
    await visit.choose(name);
    const { thing, place } = /** @type {import("../../src/types.d.ts").Api} */ (APIS.find((api) => api.name === name.replace(/^my-/, "")));
    await visit.says(page.locator("#rows-title"), new RegExp(`^\\d+ ${thing}s$`));
    assert.equal(await page.locator("#place-field").isVisible(), place !== "", name);
    await visit.all();
    const rows = await page.locator("#row-list tr").count();
    await visit.counts(page.locator("#row-list .sign"), rows, `every row of ${name} says what will happen to it`);
    await visit.delete();
    await visit.counts(page.locator("#report-rows tr"), rows);
  }
  await visit.choose("my-seismic-programs");
  await visit.row("Brand refresh").click();
  await visit.delete();
  await visit.says(visit.told("Brand refresh"), /Accepted Operation: (pending|running), \d+ %/);
}
