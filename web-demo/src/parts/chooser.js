/** Which API, who calls, and where. */

import { APIS } from "../apis.js";
import { byId, make, show, write } from "../dom.js";

/** @param {import("../app.js").App} app */
export function chooser(app) {
  const caller = /** @type {HTMLSelectElement} */ (byId("caller"));
  const place = /** @type {HTMLSelectElement} */ (byId("place"));
  const boxes = new Map(
    APIS.map((api) => {
      const box = make("input", { type: "radio", name: "api", value: api.name });
      box.addEventListener("change", () => app.choose(api.name));
      const text = make("span", { class: "api-text" }, make("strong", {}, `${api.vendor} ${api.things}`), make("small", {}, api.answers));
      byId("apis").append(make("label", { class: "api" }, box, text));
      return [api.name, box];
    }),
  );
  caller.addEventListener("change", () => app.callAs(caller.value));
  place.addEventListener("change", () => app.enter(place.value));
  let drawn = "";

  app.onChange(() => {
    const { api, persona, world, container } = app;
    const box = boxes.get(api.name);
    if (box) box.checked = true;
    const now = `${api.name} ${world?.containers.map(({ id }) => id).join(" ")}`;
    if (now !== drawn) {
      drawn = now;
      caller.replaceChildren(...api.callers.map(({ key, label }) => make("option", { value: key }, label)));
      const names = world?.containers.map(({ id, aliases = [] }) => make("option", { value: id }, [id, ...aliases].join(", also "))) ?? [];
      place.replaceChildren(...names);
      write(byId("place-label"), api.place);
    }
    show(byId("place-field"), api.place !== "");
    caller.value = persona.key;
    place.value = container?.id ?? "";
    write(byId("caller-hint"), persona.hint);
  });
}
