/** Whether the page is in order: what must hold at every moment at which nothing is on its way. */

import assert from "node:assert/strict";

/** @typedef {import("playwright-core").Page} Page */

/** How long nothing may change until it counts as quiet, in milliseconds: the address is written after 100. */
const QUIET = 180;

/** To be evaluated in a page before it is opened: what is on its way, and when something changed last. */
export function watch() {
  const seen = { open: 0, at: 0, policy: /** @type {string[]} */ ([]) };
  Object.assign(globalThis, { seen });
  const { fetch } = globalThis;
  globalThis.fetch = async (...given) => {
    seen.open += 1;
    try {
      const answer = await fetch(...given);
      // Its body is read after it.
      setTimeout(() => (seen.open -= 1), 20);
      return answer;
    } catch (cause) {
      seen.open -= 1;
      throw cause;
    }
  };
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => seen.policy.push(`${violatedDirective} ${blockedURI}`));
  new MutationObserver(() => (seen.at = performance.now())).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}

/** Waits until nothing is on its way any more. @param {Page} page */
export async function settled(page) {
  await page.waitForFunction(
    (quiet) => {
      const { open, at } = /** @type {any} */ (globalThis).seen;
      const isBusy = document.documentElement.hasAttribute("data-busy") || /^(Deleting|Loading)/.test(document.querySelector("#status")?.textContent ?? "");
      return !isBusy && open === 0 && performance.now() - at > quiet;
    },
    QUIET,
    { polling: 40, timeout: 60_000 },
  );
}

/** What a page shows, as far as it can be told from its address. @param {Page} page */
export function shown(page) {
  return page.evaluate(() => {
    const text = (/** @type {string} */ selector) => document.querySelector(selector)?.textContent ?? "";
    const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#row-list tr")]);
    const value = (/** @type {string} */ selector) => /** @type {HTMLInputElement} */ (document.querySelector(selector)).value;
    return {
      status: text("#status"),
      caller: value("#caller"),
      place: value("#place"),
      target: value("#target"),
      body: value("#body"),
      without: [...document.querySelectorAll("#facts input:not(:checked)")].map((box) => /** @type {HTMLInputElement} */ (box).name),
      // What somebody named and then left alone is in no address, and neither is where it stood.
      rows: rows.filter((row) => row.matches(".selected") || !/^\s*Not in the list/.test(row.innerText)).map((row) => `${[...row.classList].sort().join(" ")} ${row.innerText}`).sort(),
    };
  });
}

/** @param {Page} page @param {{ isAlone: boolean }} how whether nobody else changes the world */
export async function checked(page, { isAlone }) {
  const state = await page.evaluate(() => {
    const one = (/** @type {string} */ selector) => /** @type {any} */ (document.querySelector(selector));
    const rows = [...document.querySelectorAll("#row-list tr")];
    return {
      policy: /** @type {any} */ (globalThis).seen.policy,
      trouble: one("#trouble").textContent,
      search: location.search,
      isByHand: !one("#revert").hidden,
      button: one("#delete").textContent,
      isPaged: !one("#pager").hidden,
      ids: rows.filter((row) => row.classList.contains("selected")).map((row) => row.querySelector(".id")?.textContent ?? ""),
      checked: rows.filter((row) => /** @type {HTMLInputElement} */ (row.querySelector("input")).checked).length,
      told: rows.filter((row) => row.classList.contains("selected") && row.querySelector(".sign") !== null).length,
      strangers: rows.filter((row) => !row.classList.contains("selected") && row.querySelector(".sign") !== null).length,
      count: rows.length,
      all: [one("#all").checked, one("#all").indeterminate],
      status: one("#status").textContent,
      isReported: !one("#report").hidden,
      agreement: one("#agreement").textContent,
      report: one("#report-text").textContent,
      focus: document.activeElement === document.body ? null : document.activeElement?.id || document.activeElement?.tagName,
      stops: rows.filter((row) => /** @type {HTMLInputElement} */ (row.querySelector("input")).tabIndex === 0).length,
      progress: !one("#progress-field").hidden,
      disabled: one("#delete").disabled,
    };
  });
  assert.deepEqual(state.policy, [], "the policy of the page");
  assert.equal(state.trouble, "");
  assert.notEqual(state.status, "");
  assert.equal(state.progress, false, "nothing is on its way");
  const count = Number(/^Delete ([\d,]+)…$/.exec(state.button)?.[1].replaceAll(",", "") ?? 0);
  assert.equal(state.checked, state.ids.length, "boxes and rows");
  assert.equal(state.strangers, 0, "what is not selected is foretold nothing");
  assert.equal(state.stops, Math.min(1, state.count), "Tab leads to one row");
  if (!state.isByHand) {
    assert.equal(state.told, state.ids.length, "each that is selected is foretold something");
    if (!state.isPaged) {
      assert.equal(count, state.ids.length, "as many as the button says");
      assert.deepEqual(state.all, [count > 0 && count === state.count, count > 0 && count < state.count], "the box for all");
      const ids = new URLSearchParams(state.search).get("ids");
      if (ids === "all") assert.equal(state.ids.length, state.count, "all in the address");
      else assert.deepEqual((ids ?? "").split(",").filter((each) => each !== "").map(decodeURIComponent).sort(), state.ids.toSorted(), "the address");
    }
    assert.equal(state.disabled, count === 0, "Delete");
  }
  if (state.isReported) {
    assert.notEqual(state.report, "");
    if (isAlone) assert.doesNotMatch(state.agreement, /DISAGREE/);
  }
  return state;
}
