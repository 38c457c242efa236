/** Where the mock runs: behind the page, or in it. */

import { byId, show } from "../dom.js";
import { browser, server } from "../transport.js";

/** @param {import("../app.js").App} app */
export function where(app) {
  const field = byId("run");
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (field.querySelectorAll("input"));
  /** Kept, so that its world is there when one comes back. @type {Promise<import("../transport.js").Transport> | undefined} */
  let mine;
  const connect = {
    server: async () => server(),
    browser: () => (mine ??= browser(app.apis).catch((cause) => ((mine = undefined), Promise.reject(cause)))),
  };
  /** What was chosen last, and is perhaps still on its way. @type {string | null} */
  let wanted = null;
  for (const box of boxes) {
    box.addEventListener("change", () => (wanted = box.value));
    box.addEventListener("change", () => app.move(connect[/** @type {"server" | "browser"} */ (box.value)]));
  }
  show(field, true);
  app.onChange(() => {
    const chosen = (app.isBusy && wanted) || app.transport.kind;
    for (const box of boxes) {
      box.checked = box.value === chosen;
      box.disabled = box.value === "server" && !app.isServed;
    }
  });
}
