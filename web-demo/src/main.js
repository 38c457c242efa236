/** Puts the page together. */

import { App } from "./app.js";
import { byId, show, write } from "./dom.js";
import { read, write as address } from "./link.js";
import { actionBar } from "./parts/action-bar.js";
import { chooser } from "./parts/chooser.js";
import { facts } from "./parts/facts.js";
import { paste } from "./parts/paste.js";
import { report } from "./parts/report.js";
import { request } from "./parts/request.js";
import { table } from "./parts/table.js";
import { wire } from "./parts/wire.js";
import { server } from "./transport.js";

const app = new App(server());

for (const part of [chooser, table, actionBar, report, facts, request, wire, paste]) part(app);

byId("reset").addEventListener("click", () => app.reset());
byId("many").addEventListener("click", () => app.addRows(10_000));

let trouble = "";
app.onChange(() => {
  const text = app.trouble === null ? "" : `Something went wrong: ${app.trouble}`;
  write(byId("trouble"), text);
  show(byId("trouble"), text !== "");
  if (text !== trouble && text !== "") byId("trouble").focus();
  trouble = text;
  document.documentElement.toggleAttribute("data-busy", app.isBusy);
  write(byId("took"), app.plan === null ? "" : `The last forecast, of ${app.plan.ids.length.toLocaleString("en")}, took ${app.took.toFixed(1)} ms.`);
  if (!app.isBusy) history.replaceState(null, "", address(app.link()));
});

await app.open(read(location.search));
