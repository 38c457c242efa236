/** What a person may do on the page, at any moment. Each says what it did, or `null` where it cannot be done now. */

/** @typedef {import("./chance.mjs").Chance} Chance */
/** @typedef {import("playwright-core").Page} Page */

const APIS = ["anaplan-models", "seismic-programs", "aisquare-experiences", "codearts-applications", "workspace-scheduled-tasks"];
const KEYS = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", "Space", "Shift+Space", "Shift+ArrowDown", "Shift+End", "Control+a", "Tab", "Shift+Tab"];
const IDS = ["1024", "2048", "9007199254740993", "77", "nobody-has-this", "all", "brand-refresh", "1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E", "1c9d2e7f40a14b5c8d6e3f2a1b0c9d8e", "Ünï-çødé", "a%2Cb", "\"q\"", "-3", "0007"];
const BODIES = ["", "{", "[]", "null", "{}", '{"ids":[1,1,2]}', '{"modelIdsToDelete":["a",3],"x":1}', '{"application_ids":[],"project_id":7}', '{"task_ids":7}', '{"ids":[1e400,-0,1.0]}', '{"ids":[1],"ids":[2]}', "\ufeff{}"];
const TARGETS = ["", "/", "nonsense", "/2/0/workspaces/x/bulkDeleteModels", "?x=1", "/programs/v2/spaces/short/programs?ids=a&ids=b", "https://elsewhere.example/x", "/%zz", "/2/0/workspaces/%/bulkDeleteModels"];
const WIDTHS = [360, 480, 768, 1280, 1600];
/** How long something to click may be out of reach, as what came before goes on: in milliseconds. */
const timeout = 2000;

const gone = () => "what was there is gone";

/** Clicks what can be clicked. @param {Page} page @param {string} selector @param {Parameters<import("playwright-core").Locator["click"]>[0]} [options] */
async function click(page, selector, options = {}) {
  const found = page.locator(selector).first();
  if (!(await found.isVisible()) || !(await found.isEnabled())) return null;
  // It may go away before it is clicked, as what came before goes on meanwhile.
  return found.click({ timeout, ...options }).then(() => `click ${selector}`, () => `${selector} is gone`);
}

/** @param {Page} page @param {string} selector @param {Chance} chance @returns {Promise<import("playwright-core").Locator | null>} */
async function some(page, selector, chance) {
  const all = page.locator(selector);
  const count = await all.count();
  return count === 0 ? null : all.nth(chance.below(count));
}

/** @param {Page} page @param {string} name @param {Chance} chance */
async function choose(page, name, chance) {
  const field = page.locator(`#${name}`);
  const values = await field.locator("option").evaluateAll((options) => options.map((each) => /** @type {HTMLOptionElement} */ (each).value));
  if (values.length === 0 || !(await field.isVisible())) return null;
  const value = chance.of(values);
  await field.focus();
  return field.selectOption(value, { timeout }).then(() => `${name} ${value}`, gone);
}

/** By weight, name and what is done. @type {readonly [number, string, (page: Page, chance: Chance) => Promise<string | null>][]} */
export const STEPS = [
  [3, "api", (page, chance) => click(page, `input[name=api][value=${chance.of(APIS)}]`)],
  [4, "caller", (page, chance) => choose(page, "caller", chance)],
  [2, "place", (page, chance) => choose(page, "place", chance)],
  [
    12,
    "row",
    async (page, chance) => {
      const row = await some(page, "#row-list tr", chance);
      const modifiers = /** @type {("Shift" | "Control")[]} */ (chance.of([[], [], ["Shift"], ["Control"]]));
      const part = chance.of(["input", ".forecast", ".name", ".tick"]);
      return (await row?.locator(part).first().click({ timeout, modifiers }).then(() => `row ${part} ${modifiers}`, gone)) ?? null;
    },
  ],
  [5, "all", (page) => click(page, "#all")],
  [2, "clear", (page) => click(page, "#clear")],
  [
    8,
    "keys",
    async (page, chance) => {
      const box = await some(page, "#row-list input[tabindex='0']", chance);
      if (box === null) return null;
      const keys = Array.from({ length: 1 + chance.below(5) }, () => chance.of(KEYS));
      await box.focus({ timeout }).catch(() => {});
      for (const key of keys) await page.keyboard.press(key);
      return keys.join(" ");
    },
  ],
  [
    3,
    "paste",
    async (page, chance) => {
      if ((await click(page, "#paste")) === null) return null;
      const text = Array.from({ length: 1 + chance.below(4) }, () => chance.of(IDS)).join(chance.of([",", "\n", " ; "]));
      await page.locator("#pasted").fill(text);
      const end = chance.of(["yes", "yes", "no", "Escape"]);
      if (end === "Escape") await page.keyboard.press("Escape");
      else await page.locator(`#paste-dialog [value=${end}]`).click();
      return `paste ${JSON.stringify(text)} ${end}`;
    },
  ],
  [
    5,
    "body",
    async (page, chance) => {
      const field = page.locator("#body");
      if (!(await field.isVisible())) return null;
      const now = await field.inputValue();
      const cut = () => chance.below(now.length + 1);
      const text = chance.of([chance.of(BODIES), now.replace(/"[^"]*"(?=\s*[,\]])/, '"other"'), now.slice(0, cut()), now.replace(/\d/, "7"), now.replace(/\s+/g, "")]);
      await field.fill(text, { timeout }).catch(() => {});
      return `body ${JSON.stringify(text.slice(0, 60))}`;
    },
  ],
  [
    3,
    "target",
    async (page, chance) => {
      const field = page.locator("#target");
      const now = await field.inputValue();
      const text = chance.of([chance.of(TARGETS), `${now}&x=1`, now.replace(/ids=[^&]*&?/, ""), now.replace("deleteTasks=true", "deleteTasks=perhaps"), now.toUpperCase()]);
      await field.fill(text.slice(0, 5000), { timeout }).catch(() => {});
      return `target ${JSON.stringify(text.slice(0, 60))}`;
    },
  ],
  [3, "revert", (page) => click(page, "#revert")],
  [2, "violation", (page) => click(page, "#violation-list a")],
  [2, "anyway", (page) => click(page, "#send-anyway")],
  [
    5,
    "fact",
    async (page, chance) => {
      const box = await some(page, "#facts input", chance);
      return (await box?.click({ timeout }).then(() => "fact", gone)) ?? null;
    },
  ],
  [2, "option", (page) => click(page, "#option")],
  [
    3,
    "size",
    async (page, chance) => {
      const field = page.locator("#size");
      if (!(await field.isVisible())) return null;
      const value = chance.of(["1", "7", "50", "100", "1000", "0", "", "-1", "1.5", "99999"]);
      await field.fill(value, { timeout }).catch(() => {});
      await page.keyboard.press("Tab");
      return `size ${value}`;
    },
  ],
  [
    10,
    "delete",
    async (page, chance) => {
      if ((await click(page, "#delete")) === null) return null;
      if (!(await page.locator("#confirm").isVisible())) return "delete, which is refused";
      const end = chance.of(["yes", "yes", "yes", "no", "Escape"]);
      if (end === "Escape") await page.keyboard.press("Escape");
      else await page.locator(`#confirm-${end}`).click();
      return `delete ${end}`;
    },
  ],
  [3, "stop", (page) => click(page, "#stop")],
  [4, "retry", (page, chance) => click(page, chance.of(["#retry-now", "#retry-changed"]))],
  [
    4,
    "lift",
    async (page, chance) => {
      const button = await some(page, "#report-rows button", chance);
      if (button === null || !(await button.isVisible())) return null;
      return button.click({ timeout }).then(() => "lift", gone);
    },
  ],
  [4, "ahead", (page) => click(page, "#skip-ahead")],
  [2, "close", (page) => click(page, "#report-close")],
  [3, "turn", async (page, chance) => click(page, `${chance.of(["#pager", "#report-pager"])} button:nth-of-type(${1 + chance.below(2)})`)],
  [2, "reset", (page) => click(page, "#reset")],
  [1, "many", (page) => click(page, "#many")],
  [2, "run", (page, chance) => click(page, `input[name=run][value=${chance.of(["server", "browser"])}]`)],
  [
    3,
    "details",
    async (page, chance) => {
      const summary = await some(page, "details summary", chance);
      if (summary === null || !(await summary.isVisible())) return null;
      return summary.click({ timeout }).then(() => "details", gone);
    },
  ],
  [2, "copy", (page) => click(page, ".copy")],
  [
    2,
    "size of the window",
    async (page, chance) => {
      const width = chance.of(WIDTHS);
      await page.setViewportSize({ width, height: 800 });
      return `${width} pixels wide`;
    },
  ],
  [1, "scheme", async (page, chance) => (await page.emulateMedia({ colorScheme: chance.of(["dark", "light"]) }), "scheme")],
];
