/** What will happen, in one sentence, and the button that makes it happen; then how far it is. */

import { byId, hold, make, show, write } from "../dom.js";
import { counted, reasonOf } from "../words.js";

/** @param {import("../app.js").App} app */
export function actionBar(app) {
  const button = /** @type {HTMLButtonElement} */ (byId("delete"));
  const dialog = /** @type {HTMLDialogElement} */ (byId("confirm"));
  const option = /** @type {HTMLInputElement} */ (byId("option"));
  const progress = /** @type {HTMLProgressElement} */ (byId("progress"));

  button.addEventListener("click", () => {
    const { plan } = app;
    if (app.sending?.isUnderWay) return;
    if (plan === null || plan.violations.length > 0 || app.stray !== null) byId("violations").focus();
    else ask(app, plan, dialog);
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "yes") app.send();
  });
  option.addEventListener("change", () => app.setOption(option.checked));
  byId("stop").addEventListener("click", () => app.sending?.stop());

  app.onChange(() => {
    const { plan, sending, stray } = app;
    const isUnderWay = sending?.isUnderWay === true;
    button.disabled = !isUnderWay && plan === null && stray === null;
    hold(button, isUnderWay);
    write(button, plan === null || plan.ids.length === 0 ? "Delete…" : `Delete ${plan.ids.length.toLocaleString("en")}…`);
    show(byId("progress-field"), isUnderWay && sending.plan.batches.length > 1);
    if (isUnderWay) {
      progress.max = sending.total;
      progress.value = sending.done;
    }
    announce(status(app));
    const parts = plan?.batches.length ?? 0;
    write(byId("in-parts"), parts > 1 ? `It goes in ${counted(parts, "request", "requests")}.` : "");
    show(byId("option-field"), app.api.option !== undefined);
    write(byId("option-label"), app.api.option?.label ?? "");
    option.checked = app.option;
  });
}

/** What matters first, then why. What is said already is not said again. @param {string} text */
function announce(text) {
  const field = byId("status");
  if (field.textContent === text) return;
  const end = text.search(/[.:] /) + 1;
  field.replaceChildren(make("strong", {}, end > 0 ? text.slice(0, end) : text), end > 0 ? text.slice(end) : "");
}

/** @param {import("../app.js").App} app */
function status(app) {
  const { plan, sending, stray } = app;
  if (app.isBusy) return "Loading…";
  if (sending?.isUnderWay) {
    return `Deleting: ${sending.done.toLocaleString("en")} of ${sending.total.toLocaleString("en")} answered.`;
  }
  if (stray !== null) return "This is no request of this API.";
  if (plan === null) return "Nothing is selected.";
  if (plan.violations.length > 0) {
    return `The request breaks the contract in ${counted(plan.violations.length, "place", "places")}. The server will refuse it.`;
  }
  if (plan.request.verdict === "deny" && plan.request.check !== undefined && plan.summary.allow === 0) {
    return `The whole request will be refused: ${reasonOf(plan.request)}`;
  }
  return plan.summary.text;
}

/** @param {import("../app.js").App} app @param {import("../types.d.ts").Plan} plan @param {HTMLDialogElement} dialog */
function ask(app, plan, dialog) {
  const { api } = app;
  const { allow, unknown, total } = plan.summary;
  const most = allow + unknown;
  write(byId("confirm-title"), most === 0 ? "Nothing will be deleted" : `Delete ${unknown > 0 ? "up to " : ""}${counted(most, api.thing, api.things)}?`);
  write(byId("confirm-text"), status(app));
  const notes = [];
  if (plan.batches.length > 1) notes.push(`${counted(total, "id", "ids")} go in ${counted(plan.batches.length, "request", "requests")}, one after the other.`);
  if (app.subject?.policy.atomicity === "all") notes.push("This API does all of a request, or nothing.");
  if (app.subject?.policy.effects?.when === "later") notes.push("The server accepts now, and deletes in the background.");
  if (app.option && api.option) notes.push(`${api.option.label}.`);
  notes.push(app.transport.kind === "server" ? "It is a mock: Reset brings everything back." : "It happens in this browser only: Reset brings everything back.");
  byId("confirm-list").replaceChildren(...notes.map((note) => make("li", {}, note)));
  write(byId("confirm-yes"), most === 0 ? "Send it anyway" : "Delete");
  dialog.returnValue = "no";
  dialog.showModal();
}
