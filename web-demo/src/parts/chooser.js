/** Which API, who calls, and where. */

import { byId, make, show, write } from "../dom.js";

/** @param {import("../app.js").App} app */
export function chooser(app) {
  const caller = /** @type {HTMLSelectElement} */ (byId("caller"));
  const place = /** @type {HTMLSelectElement} */ (byId("place"));
  /** By name. @type {Map<string, HTMLInputElement>} */
  let boxes = new Map();
  /** What is offered. @type {unknown} */
  let listed = null;
  caller.addEventListener("change", () => app.callAs(caller.value));
  place.addEventListener("change", () => app.enter(place.value));
  let drawn = "";

  function list() {
    if (app.apis === listed) return;
    listed = app.apis;
    boxes = new Map(app.apis.map(({ name }) => [name, make("input", { type: "radio", name: "api", value: name })]));
    for (const label of byId("apis").querySelectorAll("label")) label.remove();
    for (const { name, title, answers } of app.apis) {
      const box = /** @type {HTMLInputElement} */ (boxes.get(name));
      box.addEventListener("change", () => app.choose(name));
      const text = make("span", { class: "api-text" }, make("strong", {}, title), make("small", {}, answers));
      byId("apis").append(make("label", { class: "api" }, box, text));
    }
  }
  list();

  app.onChange(() => {
    list();
    const { api, persona, places, container } = app;
    const box = boxes.get(api.name);
    if (box) box.checked = true;
    const now = [api.name, ...api.callers.map(({ key }) => key), "", ...places.map(({ id }) => id)].join(" ");
    if (now !== drawn) {
      drawn = now;
      caller.replaceChildren(...api.callers.map(({ key, label }) => make("option", { value: key }, label)));
      const names = places.map(({ id, aliases = [] }) => make("option", { value: id }, [id, ...aliases].join(", also ")));
      place.replaceChildren(...names);
      write(byId("place-label"), api.place);
    }
    show(byId("place-field"), api.place !== "");
    caller.value = persona.key;
    place.value = container?.id ?? "";
    write(byId("caller-hint"), persona.hint);
  });
}
