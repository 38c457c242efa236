/** Which facts the forecast is given. */

import { byId, make } from "../dom.js";
import { topics } from "../knowledge.js";

/** @param {import("../app.js").App} app */
export function facts(app) {
  const field = byId("facts");
  /** @type {Map<string, HTMLInputElement>} */
  let boxes = new Map();
  /** @type {unknown} */
  let subject = null;

  app.onChange(() => {
    if (app.subject === null) return;
    if (app.subject !== subject) {
      subject = app.subject;
      const all = topics(app.subject.policy);
      boxes = new Map(all.map(({ key }) => [key, make("input", { type: "checkbox", name: key })]));
      field.replaceChildren(
        ...all.map(({ key, label }) => {
          const box = /** @type {HTMLInputElement} */ (boxes.get(key));
          box.addEventListener("change", () => app.know(key, box.checked));
          return make("label", {}, box, ` ${label}`);
        }),
      );
    }
    for (const [key, box] of boxes) box.checked = !app.without.has(key);
  });
}
