/**
 * Somebody who does anything, in any order, and at any moment; after each step the page must be in order. What is done is drawn from a
 * seed: `WALK=SEED` walks another way, `WALK=FIRST-LAST` many, and `STEPS` says how far. Whatever fails tells the steps that led there.
 */

import assert from "node:assert/strict";
import { audit } from "../lib/audit.mjs";
import { Chance } from "../lib/chance.mjs";
import { checked, settled, shown, watch } from "../lib/order.mjs";
import { STEPS } from "../lib/steps.mjs";
import { Visit } from "../lib/visit.mjs";

const { WALK = "7", STEPS: FAR = "30" } = process.env;
/** Of how many quiet moments one is looked at by axe, and one is opened again by its address. */
const [AUDITED, OPENED] = [20, 12];

/** @param {import("../lib/place.mjs").Place} place @param {(what: string) => void} say */
export async function walk(place, say) {
  const [first, last = first] = WALK.split("-").map(Number);
  /** @type {string[]} */
  const failed = [];
  for (let seed = first; seed <= last; seed += 1) {
    // Every fourth is one of two people, or of one with two tabs.
    const isAlone = seed % 4 !== 3;
    await one(place, seed, isAlone).then(say, ({ message }) => failed.push(`seed ${seed}: ${message}`));
  }
  assert.equal(failed.join("\n\n"), "");
}

/** @param {import("../lib/place.mjs").Place} place @param {number} seed @param {boolean} isAlone whether there is one tab, not two */
async function one(place, seed, isAlone) {
  const chance = new Chance(seed);
  const context = await place.browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  await context.addInitScript(watch);
  await context.addInitScript(audit.source);
  const base = place.address();
  /** @type {string[]} */
  const done = [];
  let quiet = 0;
  let axe = 0;
  let opened = 0;
  try {
    const visits = [];
    for (let tab = 0; tab < (isAlone ? 1 : 2); tab += 1) {
      const visit = new Visit(await context.newPage(), base);
      await visit.open("");
      visits.push(visit);
    }
    for (let step = 0; step < Number(FAR); step += 1) {
      const visit = chance.of(visits);
      const { page } = visit;
      if (!isAlone) await page.bringToFront();
      const isFocused = () => page.evaluate(() => document.activeElement !== document.body);
      const before = await isFocused();
      // Keys may have opened a dialog.
      if ((await page.locator("dialog[open]").count()) > 0) await page.keyboard.press("Escape");
      const did = await any(page, chance);
      done.push(isAlone ? did : `tab ${visits.indexOf(visit) + 1}: ${did}`);
      // Also while what was begun is on its way.
      if (before) assert.ok(await isFocused(), "the focus is lost on the way");
      if (chance.next() < 0.25) continue;
      await settled(page);
      const state = await checked(page, { isAlone });
      if (before) assert.notEqual(state.focus, null, "the focus is lost");
      quiet += 1;
      if (chance.below(AUDITED) === 0) {
        await audit(page, `after ${done.at(-1)}`);
        axe += 1;
      }
      const isOfPage = /run=browser/.test(state.search);
      if (chance.below(OPENED) === 0 && !isOfPage && !state.isByHand && !state.isPaged) {
        await again(page, done, isAlone);
        opened += 1;
      }
      for (const each of visits) assert.deepEqual(each.errors, [], "the page reported");
    }
    return `seed ${seed}, ${isAlone ? "one tab" : "two tabs"}: ${done.length} steps, in order at ${quiet} quiet moments, axe at ${axe}, opened again ${opened} times`;
  } catch (cause) {
    throw new Error(`${/** @type {Error} */ (cause).message}\nafter ${done.slice(-25).join("\n      ")}`, { cause });
  } finally {
    await context.close();
  }
}

/** @param {import("playwright-core").Page} page @param {Chance} chance @returns {Promise<string>} what was done */
async function any(page, chance) {
  const sum = STEPS.reduce((all, [weight]) => all + weight, 0);
  for (;;) {
    let at = chance.below(sum);
    const [, , act] = /** @type {typeof STEPS[number]} */ (STEPS.find(([weight]) => (at -= weight) < 0));
    const did = await act(page, chance);
    if (did !== null) return did;
  }
}

/**
 * What the address holds is what is seen when it is opened anew; where somebody else may have deleted some of it since, the page is in
 * order.
 *
 * @param {import("playwright-core").Page} page @param {string[]} done @param {boolean} isAlone
 */
async function again(page, done, isAlone) {
  const before = await shown(page);
  const search = await page.evaluate(() => location.search);
  // Going away and coming back is the same.
  if (done.length % 2 === 0) await page.reload();
  else {
    await page.goto("about:blank");
    await page.goBack();
  }
  done.push(`opened again: ${search}`);
  await page.waitForFunction(() => /^\d/.test(document.querySelector("#rows-title")?.textContent ?? ""));
  await settled(page);
  const { target, body, ...seen } = await shown(page);
  const { target: targetBefore, body: bodyBefore, ...seenBefore } = before;
  await checked(page, { isAlone });
  if (!isAlone) return;
  assert.deepEqual(seen, seenBefore, "opened again");
  // What is all has no order, and options are not in the address.
  if (!/ids=all/.test(search) && !/deleteTasks/.test(targetBefore)) assert.deepEqual([target, body], [targetBefore, bodyBefore], "the request opened again");
}
