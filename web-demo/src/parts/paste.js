/** Ids from elsewhere: in a dialog, or pasted onto the page. */

import { byId } from "../dom.js";

/** @param {import("../app.js").App} app */
export function paste(app) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("paste-dialog"));
  const text = /** @type {HTMLTextAreaElement} */ (byId("pasted"));
  byId("paste").addEventListener("click", () => {
    text.value = "";
    dialog.returnValue = "no";
    dialog.showModal();
    text.focus();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "yes") app.add(idsIn(text.value));
  });
  byId("clear").addEventListener("click", () => app.clear());
  document.addEventListener("paste", (event) => {
    if (/** @type {HTMLElement} */ (event.target).closest("textarea, input[type=number], dialog")) return;
    const ids = idsIn(event.clipboardData?.getData("text") ?? "");
    if (ids.length === 0) return;
    event.preventDefault();
    app.add(ids);
  });
}

/** @param {string} text */
function idsIn(text) {
  return text.split(/[\s,;]+/).map((each) => each.replace(/^["'[]+|["'\]]+$/g, "")).filter((each) => each !== "");
}
