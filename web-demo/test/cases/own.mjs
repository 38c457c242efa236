/** Contracts of the user's own: shown, foretold and carried out as the five are, by whichever program serves them. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { APIS } from "../../src/apis.js";
import { described, peopled } from "../../src/own.js";
import { audit } from "../lib/audit.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const TASKS = join(ROOT, "examples/contracts/task-tracker");
const FIVE = APIS.map(({ name }) => name);

/** @typedef {import("../lib/place.mjs").Place} Place */
/** @typedef {import("../lib/visit.mjs").Visit} Visit */

/** @param {Place} place @param {(what: string) => void} say */
export async function own(place, say) {
  await readings();
  say(`what is read of documents fits the ${FIVE.length} that were described by hand`);

  const port = await place.serve("binary", ["--contract", TASKS]);
  await place.visit("", (visit) => tasks(visit), { base: place.address(port) });
  say("the tutorial's contract beside the five: found, foretold, carried out, put right, tried again");
  await place.visit("?api=task-tracker&as=bob&ids=7001,7003,7999&without=owner", (visit) => linked(visit), {
    base: place.address(port),
    viewport: { width: 360, height: 800 },
    colorScheme: "dark",
    reducedMotion: "reduce",
  });
  say("a link to it on a narrow screen, and ten thousand rows");
  await place.visit("?api=task-tracker", (visit) => moved(visit), { base: place.address(port) });
  say("it goes along into this browser");
  await place.visit(
    "?api=task-tracker&as=eve&ids=all&run=browser",
    async (visit) => {
      await visit.says(visit.status, "The whole request will be refused: You are not a member of this project");
      await visit.delete();
    },
    { base: place.address(port) },
  );
  say("a link into this browser, as somebody who may not");

  const served = await place.serve("package", ["--contract", TASKS, "--only"]);
  await place.visit("", (visit) => alone(visit), { base: place.address(served) });
  say("alone, served by the package's command");
}

/** What is read of the five contracts' documents is what the page says of them by hand, as far as both say it. */
async function readings() {
  for (const api of APIS) {
    const [openapi, policy, world] = await Promise.all(
      ["openapi", "policy", "world"].map((name) => readFile(join(ROOT, "schemas", api.name, `${name}.json`), "utf8")),
    );
    const read = peopled(described(api.name, { openapi, policy }), JSON.parse(world), JSON.parse(policy));
    const of = (/** @type {import("../../src/types.d.ts").Api} */ { name, thing, things, place, ids, callers, obstacles }) => ({
      name,
      thing,
      things,
      place,
      ids,
      callers: callers.map(({ key }) => key).toSorted(),
      lifts: Object.entries(obstacles).map(([check, { state = "" }]) => `${check} ${state}`).toSorted(),
    });
    assert.deepEqual(of(read), of(api));
    assert.equal(described(api.name, { openapi, policy }).ids, api.ids, "known before the world is");
    assert.match(read.title, new RegExp(api.thing, "i"));
    assert.match(read.answers, api.name === "seismic-programs" ? /All or nothing, then in the background/ : /Each on its own$/);
    for (const { label, hint } of read.callers) assert.ok(label !== "" && hint !== "");
    assert.deepEqual(read.given, {}, "nothing is needed beside ids and container");
  }
}

/** @param {Visit} visit */
async function tasks(visit) {
  const { page } = visit;
  const names = await page.locator("input[name=api]").evaluateAll((boxes) => boxes.map((box) => /** @type {HTMLInputElement} */ (box).value));
  assert.deepEqual(names, [...FIVE, "task-tracker"]);
  const engines = () => page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/bulk-delete.wasm")).length);
  assert.equal(await engines(), 0, "what reads documents is not loaded before it is wanted");
  await visit.choose("task-tracker");
  assert.equal(await engines(), 1);
  await visit.says(page.locator(".api").last(), "Task tracker Your contract. Each on its own");
  await visit.says(page.locator("#rows-title"), "3 tasks");
  await visit.says(page.locator("#place-label"), "Project");
  assert.equal(await page.locator("#place").inputValue(), "apollo", "where there is something");
  const offered = await page.locator("#caller option").evaluateAll((options) => options.map((each) => /** @type {HTMLOptionElement} */ (each).value));
  assert.deepEqual(offered.slice(0, 2), ["ada", "bob"]);
  assert.deepEqual(offered.slice(-2), ["expired", "nobody"]);
  assert.ok(offered.includes("eve"));

  await visit.all();
  await visit.says(visit.row("Draw the plans").locator(".forecast"), "✓ Will be deleted");
  await visit.says(visit.row("Build it").locator(".forecast"), "✕ Stays This task is not done.");
  await visit.says(visit.row("Paint it").locator(".forecast"), "✕ Stays This is somebody else's task.");
  assert.equal(JSON.parse(await page.locator("#body").inputValue()).task_ids.length, 3);
  await page.evaluate(audit.source);
  await audit(page, "selected");
  await page.locator("#facts input[name=state]").uncheck();
  await visit.says(visit.row("Build it").locator(".forecast"), "? Not known Depends on its state");
  await visit.says(visit.row("Paint it").locator(".forecast"), "✕ Stays This is somebody else's task.");
  await page.locator("#facts input[name=state]").check();

  await visit.delete();
  await visit.says(page.locator("#report-text"), "1 deleted, 2 not deleted.");
  await visit.says(page.locator("#agreement"), "3 of 3 as foretold, no disagreement.");
  await visit.says(visit.told("Build it"), /✕ Stays This task is not done\. ✕ Not deleted This task is not done\. Make it done = Yes$/);
  await audit(page, "report");
  await page.locator("#audit-details summary").click();
  await visit.says(page.locator("#audit tbody"), /ada 7003 not-yours/);
  await page.locator("#curl-details summary").click();

  await visit.told("Build it").getByRole("button", { name: "Make it done" }).click();
  await visit.says(visit.row("Build it").locator(".forecast"), "✓ Will be deleted");
  await visit.says(page.locator("#curl"), /^curl -i -X POST http:\/\/visit-\d+\.localhost:\d+\/api\/projects\/apollo\/tasks\/bulk-delete .*Bearer ada-token.*7002/);
  await page.locator("#retry-changed").click();
  await visit.says(page.locator("#report-text"), "1 deleted.");
  await visit.agrees();
  await visit.counts(page.locator("#row-list tr"), 1);

  await page.locator("#body").fill('{\n  "task_ids": [\n    0,\n    "x"\n  ]\n}');
  assert.deepEqual((await page.locator("#violation-list code").allInnerTexts()).toSorted(), ["/body/task_ids/0", "/body/task_ids/1"]);
  await page.locator("#send-anyway").click();
  await visit.reported();
  await visit.says(page.locator("#answer .exchange").last(), /answered 422/);

  await page.locator("#reset").click();
  await visit.ready();
  await visit.says(page.locator("#rows-title"), "3 tasks");
  await visit.choose("anaplan-models");
  await visit.all();
  await visit.delete();
}

/** @param {Visit} visit */
async function linked(visit) {
  const { page } = visit;
  assert.equal(await page.locator("#caller").inputValue(), "bob");
  await visit.says(visit.row("Draw the plans").locator(".forecast"), "? Not known Depends on whose it is");
  await visit.says(visit.row("Not in the list").locator(".forecast"), "✕ Stays The task does not exist.");
  await visit.delete();
  await visit.says(page.locator("#report-text"), /^1 deleted, 1 not deleted, 1 not found\.|^1 deleted, 1 not found, 1 not deleted\./);
  await page.evaluate(audit.source);
  await audit(page, "report, 360 pixels, dark");
  await page.locator("#facts input[name=owner]").check();
  await page.locator("#many").click();
  await page.waitForFunction(() => /^10,00/.test(document.querySelector("#rows-title")?.textContent ?? ""));
  await visit.all();
  await visit.says(visit.status, /^[\d,]+ of 10,002 will be deleted\. [\d,]+ will not: This is somebody else's task\./);
  await visit.says(page.locator("#in-parts"), "It goes in 101 requests.");
  await page.locator("#clear").click();
  await page.locator("#pager").getByRole("button", { name: "Next" }).click();
  for (const index of [0, 3, 8]) await page.locator("#row-list input").nth(index).click();
  await visit.delete();
}

/** @param {Visit} visit */
async function moved(visit) {
  const { page } = visit;
  await visit.row("Draw the plans").click();
  await visit.delete();
  await page.locator("input[name=run][value=browser]").check();
  await page.waitForFunction(() => location.search.includes("run=browser"));
  await visit.ready();
  await visit.says(page.locator("#rows-title"), "2 tasks");
  await page.context().setOffline(true);
  await visit.all();
  await visit.says(visit.row("Build it").locator(".forecast"), "✕ Stays This task is not done.");
  await visit.says(visit.row("Paint it").locator(".forecast"), "✕ Stays This is somebody else's task.");
  await visit.delete();
  await visit.says(page.locator("#agreement"), "2 of 2 as foretold, no disagreement.");
  await visit.told("Paint it").getByRole("button", { name: "Make it the caller’s" }).click();
  await visit.says(visit.row("Paint it").locator(".forecast"), "✓ Will be deleted");
  await visit.row("Build it").click();
  await visit.delete();
  await visit.says(page.locator("#rows-title"), "1 task");
  await page.locator("#reset").click();
  await visit.ready();
  await visit.says(page.locator("#rows-title"), "2 tasks");
  await visit.choose("anaplan-models");
  await visit.says(page.locator("#rows-title"), "10 models");
  await page.context().setOffline(false);
}

/** @param {Visit} visit */
async function alone(visit) {
  const { page } = visit;
  await visit.counts(page.locator("input[name=api]"), 1, "what is not served is not offered");
  const offered = await page.locator("#caller option").allInnerTexts();
  assert.deepEqual(offered, ["ada", "bob", "eve", "ada, whose token has expired", "Nobody: no token at all"]);
  await visit.says(page.locator("#caller-hint"), "Works in apollo. Owns some of the tasks.");
  for (const caller of ["nobody", "expired", "eve", "bob"]) {
    await page.locator("#caller").selectOption(caller);
    await visit.all();
    await visit.delete();
    await visit.says(page.locator("#report-text"), caller === "bob" ? "1 deleted, 2 not deleted." : "3 not deleted.");
  }
}
