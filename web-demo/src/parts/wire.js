/** What went over the wire, how one would send it from elsewhere, and what the mock remembers of it. */

import { byId, make, show, write } from "../dom.js";
import { headerCase } from "../recorder.js";

/** How much of a long text is shown. */
const SHOWN = 20_000;
/** How many rows of the audit trail and of operations are shown. */
const ROWS = 100;

/** @param {import("../app.js").App} app */
export function wire(app) {
  const sections = [
    ["answer-details", answer],
    ["curl-details", snippet],
    ["fetch-details", snippet],
    ["operations-details", operations],
    ["audit-details", audit],
  ];
  for (const [id, draw] of /** @type {[string, () => void][]} */ (sections)) {
    byId(id).addEventListener("toggle", () => draw());
    // What nobody looks at is not drawn.
    app.onChange(() => /** @type {HTMLDetailsElement} */ (byId(id)).open && draw());
  }
  app.onChange(() => show(byId("operations-details"), app.subject?.policy.effects?.when === "later"));
  for (const button of document.querySelectorAll(".copy")) {
    button.addEventListener("click", async () => {
      const text = whole.get(/** @type {HTMLElement} */ (button).dataset.copies ?? "") ?? "";
      await navigator.clipboard.writeText(text).then(() => write(button, "Copied"), () => write(button, "Select it by hand"));
      setTimeout(() => write(button, "Copy"), 1500);
    });
  }

  /** The exchange that was drawn last, and how it was answered then. @type {[exchange: unknown, status: unknown]} */
  let shown = [null, null];
  function answer() {
    const recorder = app.sending?.recorder;
    if (recorder === undefined || recorder.count === 0) {
      shown = [null, null];
      byId("answer").replaceChildren(make("p", { class: "hint" }, "Nothing was sent yet."));
      return;
    }
    const last = recorder.exchanges.at(-1);
    if (last === shown[0] && last?.status === shown[1]) return;
    shown = [last, last?.status];
    const { exchanges, count } = recorder;
    const told = exchanges.map((exchange, index) => {
      const { method, url, headers, body, status, answerHeaders, answer, milliseconds } = exchange;
      const lines = [`${method} ${url}`, ...headers.map(([name, value]) => `${name}: ${value}`), "", body];
      const answered = [`${status ?? "no answer"}`, ...answerHeaders.map(([name, value]) => `${name}: ${value}`), "", pretty(answer)];
      const number = count - exchanges.length + index + 1;
      return make(
        "div",
        { class: "exchange" },
        make("h3", {}, `Request ${number.toLocaleString("en")}, answered ${status ?? "never"} in ${milliseconds.toFixed(0)} ms`),
        code(lines.join("\n").trimEnd(), `Request ${number}`),
        code(answered.join("\n").trimEnd(), `Response ${number}`),
      );
    });
    const before = count - exchanges.length;
    byId("answer").replaceChildren(...(before > 0 ? [make("p", { class: "hint" }, `The last ${exchanges.length} of ${count} requests.`)] : []), ...told);
  }

  /** What is copied: all of it, also where less is shown. @type {Map<string, string>} */
  const whole = new Map();
  async function snippet() {
    const { plan, persona, subject } = app;
    // There is nothing to copy where nothing is selected.
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".copy"))) show(button, plan !== null);
    if (plan === null || subject === null) {
      write(byId("curl"), "Select something.");
      write(byId("fetch"), "Select something.");
      return;
    }
    // The first view does without it. Where it cannot come, there is nothing to show.
    const snippets = await import("../snippets.js").catch(() => null);
    /** @type {Record<string, string>} */
    const proof = await app.headers().catch(() => ({}));
    if (snippets === null || plan !== app.plan || persona !== app.persona) return;
    const first = plan.batches[0];
    const { method, url, headers, body } = first.toRequest(app.transport.origin);
    const all = Object.entries({ ...proof, ...headers }).map(([name, value]) => /** @type {const} */ ([headerCase(name), value]));
    const request = { method, url, headers: all, body: typeof body === "string" ? body : "" };
    for (const [id, text] of [["curl", snippets.curl(request)], ["fetch", snippets.fetchCall(request)]]) {
      whole.set(id, text);
      write(byId(id), clipped(text));
    }
  }

  function operations() {
    const rows = app.operations.slice(-ROWS).reverse();
    const list = rows.map(({ id, item, state, percent, fail }) =>
      make(
        "li",
        {},
        make("span", { class: "name" }, String(item)),
        make("progress", { "max": 100, "value": percent, "aria-label": `Operation on ${item}` }),
        make("span", { class: "why" }, `${state}, ${percent} %${fail ? `: ${fail}` : ""}`),
        make("span", { class: "id" }, id),
      ),
    );
    byId("operations").replaceChildren(list.length > 0 ? make("ul", { class: "operations" }, ...list) : make("p", { class: "hint" }, "None yet."));
  }

  function audit() {
    if (app.audit.length === 0) {
      byId("audit").replaceChildren(make("p", { class: "hint" }, "Nobody has deleted anything yet."));
      return;
    }
    const head = make("thead", {}, make("tr", {}, ...["When", "Who", "What", "Outcome"].map((name) => make("th", { scope: "col" }, name))));
    const rows = app.audit.slice(0, ROWS).map(({ time, caller, item, outcome }) =>
      make("tr", {}, make("td", {}, time.replace("T", " ").replace(/\..*/, "")), make("td", {}, caller ?? "nobody"), make("td", { class: "id" }, String(item)), make("td", {}, outcome)),
    );
    byId("audit").replaceChildren(make("table", { class: "plain" }, head, make("tbody", {}, ...rows)));
  }
}

/** @param {string} text @param {string} label */
function code(text, label) {
  return make("pre", { "tabindex": 0, "role": "region", "aria-label": label }, clipped(text));
}

/** @param {string} text */
function clipped(text) {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}\n… and ${(text.length - SHOWN).toLocaleString("en")} characters more`;
}

/** @param {string} text */
function pretty(text) {
  try {
    // Numbers stay as they were written: only blanks are added, where the text is short enough to be read at all.
    return text.length > SHOWN || /\d{16}/.test(text) ? text : JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text === "" ? "(no body)" : text;
  }
}
