/** What the server did, beside what was foretold, item by item; and what may be tried again. */

import { compare } from "../compare.js";
import { byId, focus, make, show, sign, write } from "../dom.js";
import { Pages } from "../pages.js";
import { outcomeWords, verdictWords } from "../words.js";

/** @typedef {import("../../../wasm/js/index.js").ItemReport} ItemReport */

const AGREES = {
  agrees: { kind: "allow", mark: "=", text: "Yes", why: "" },
  open: { kind: "unknown", mark: "~", text: "Left open", why: "" },
  differs: { kind: "deny", mark: "≠", text: "No", why: "" },
};

/** @param {import("../app.js").App} app */
export function report(app) {
  const section = byId("report");
  /** @type {import("../sending.js").Sending | null} */
  let focused = null;
  /** @type {import("../sending.js").Sending | null} */
  let closed = null;
  /** @type {unknown} */
  let drawn = null;
  /** Whether more was to come when it was drawn. */
  let wentOn = false;
  /** @type {Map<string, import("../types.d.ts").Operation>} */
  let operations = new Map();
  const pages = new Pages(byId("report-pager"), () => draw());
  const retry = { "now": byId("retry-now"), "after-change": byId("retry-changed") };

  byId("report-close").addEventListener("click", () => {
    closed = app.sending;
    draw();
    byId("resources").focus();
  });
  retry.now.addEventListener("click", () => app.retry("now"));
  retry["after-change"].addEventListener("click", () => app.retry("after-change"));
  byId("skip-ahead").addEventListener("click", () => app.try(() => app.control.advance(5)));

  function draw() {
    const had = section.contains(document.activeElement);
    redraw();
    // Whoever has pressed what is there no more is led to what has come of it, or to what says that it is on its way.
    const now = document.activeElement;
    if (had && !(section.contains(now) && now?.getClientRects().length)) byId(section.hidden ? "delete" : "report-title").focus();
  }

  function redraw() {
    const { sending, world } = app;
    const told = sending?.report ?? null;
    show(section, sending !== null && told !== null && !sending.isUnderWay && sending !== closed);
    if (sending === null || world === null || told === null || sending.isUnderWay) return;
    const { answered, plan } = sending;
    const status = sending.recorder.exchanges.at(-1)?.status ?? null;
    const text = told.items.length === 0 ? `answered with ${status}, and nothing was deleted.` : told.summary.text;
    write(byId("report-text"), text.charAt(0).toUpperCase() + text.slice(1));
    const items = pages.slice(told.items);
    operations = new Map(app.operations.map((operation) => [operation.id, operation]));
    byId("report-rows").replaceChildren(...items.map((item) => line(item, answered?.get(item.id) ?? item, plan.nameOf(world.keyOf(item.id)))));
    write(byId("report-thing"), app.api.thing.charAt(0).toUpperCase() + app.api.thing.slice(1));
    agreement();
    const notes = [...told.warnings, ...told.contradictions.map((text) => `The answer contradicts itself: ${text}`), ...ending(sending)];
    byId("report-notes").replaceChildren(...notes.map((note) => make("li", {}, note)));
    show(byId("report-notes"), notes.length > 0);
    for (const when of /** @type {const} */ (["now", "after-change"])) {
      const count = told.items.filter((item) => item.gone !== true && item.retry === when).length;
      const all = told.items.filter((item) => item.gone !== true && item.retry !== "never").length;
      show(retry[when], count > 0 && !sending.isFollowing);
      write(retry[when], when === "now" ? `Try ${count.toLocaleString("en")} again` : `Try ${all.toLocaleString("en")} again, after a change`);
    }
    show(byId("skip-ahead"), sending.isFollowing);
  }

  function agreement() {
    const { sending, world, subject } = app;
    if (sending?.answered == null || world === null || subject === null) return;
    const { plan, answered } = sending;
    const counts = { agrees: 0, open: 0, differs: 0 };
    for (const item of answered.items) counts[compare(plan.verdicts.get(world.keyOf(item.id)), item, subject.refusals)] += 1;
    const sentences = [];
    if (counts.agrees > 0) sentences.push(`${counts.agrees.toLocaleString("en")} of ${answered.items.length.toLocaleString("en")} as foretold`);
    if (counts.open > 0) sentences.push(`${counts.open.toLocaleString("en")} left open`);
    sentences.push(counts.differs === 0 ? "no disagreement" : `${counts.differs.toLocaleString("en")} DISAGREE`);
    const text = byId("agreement");
    const told = `${sentences.join(", ")}.`;
    write(text, told.charAt(0).toUpperCase() + told.slice(1));
    text.className = counts.differs === 0 ? "agreement" : "agreement differs";
  }

  /** @param {ItemReport} item @param {ItemReport} answered @param {string} name */
  function line(item, answered, name) {
    const { world, subject, sending } = app;
    if (world === null || subject === null || sending === null) return make("tr");
    const verdict = sending.plan.verdicts.get(world.keyOf(item.id));
    const agrees = compare(verdict, answered, subject.refusals);
    const when = subject.policy.effects?.when ?? "now";
    const happened = make("td", { role: "cell" }, ...sign(outcomeWords(item)));
    const operation = operations.get(item.operation ?? "");
    if (item.outcome === "accepted" && operation) {
      const label = `Operation: ${operation.state}, ${operation.percent}\u00a0%`;
      happened.append(make("progress", { "max": 100, "value": operation.percent, "aria-label": label }), make("span", { class: "why" }, label));
    }
    if (verdict?.verdict === "deny" && item.gone !== true && verdict.check !== undefined) {
      const lift = app.api.obstacles[verdict.check];
      if (lift !== undefined && world.within(app.container)?.has(world.keyOf(item.id))) happened.append(lifting(item, verdict.check, lift.label));
    }
    return make(
      "tr",
      { role: "row", class: agrees },
      make("th", { role: "rowheader", scope: "row" }, make("span", { class: "name" }, name), make("span", { class: "id" }, String(item.id))),
      make("td", { role: "cell" }, ...(verdict ? sign(verdictWords(verdict, when)) : [])),
      happened,
      make("td", { role: "cell", class: "agreed" }, ...sign(AGREES[agrees])),
    );
  }

  /** @param {ItemReport} item @param {string} check @param {string} label */
  function lifting(item, check, label) {
    const button = make("button", { type: "button", class: "quiet small" }, label);
    button.addEventListener("click", async () => {
      button.disabled = true;
      await app.lift(item.id, check);
      byId(retry["after-change"].hidden ? "report-title" : "retry-changed").focus();
    });
    return button;
  }

  app.onChange(() => {
    const { sending } = app;
    const now = sending?.report;
    const goesOn = sending?.isUnderWay === true || sending?.isFollowing === true;
    // Once more when it has ended: only then it is told what may be tried again.
    if (now !== drawn || goesOn || wentOn || sending === null) draw();
    drawn = now;
    wentOn = goesOn;
    if (sending !== null && sending !== focused && !sending.isUnderWay && sending.report !== null) {
      focused = sending;
      pages.turn(0);
      draw();
      focus(byId("report-title"));
    }
  });
}

/** @param {import("../sending.js").Sending} sending @returns {string[]} */
function ending({ report }) {
  const { ended } = /** @type {{ ended?: string }} */ (report ?? {});
  switch (ended) {
    case "aborted":
      return ["It was stopped: the rest was not sent."];
    case "unauthorized":
      return ["The caller was refused, so that nothing more was sent."];
    case "rate-limited":
      return ["The server asked to be left alone."];
    case "network":
      return ["The connection was lost: nobody knows what became of the last request."];
    default:
      return [];
  }
}
