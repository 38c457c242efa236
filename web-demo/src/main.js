/** Puts the page together. */

import { App } from "./app.js";
import { byId, focus, show, write } from "./dom.js";
import { read, write as address } from "./link.js";
import { CONTRACTS } from "./package.js";
import { actionBar } from "./parts/action-bar.js";
import { chooser } from "./parts/chooser.js";
import { facts } from "./parts/facts.js";
import { paste } from "./parts/paste.js";
import { report } from "./parts/report.js";
import { request } from "./parts/request.js";
import { table } from "./parts/table.js";
import { where } from "./parts/where.js";
import { wire } from "./parts/wire.js";
import { browser, isServed, server } from "./transport.js";

const link = read(location.search);
const served = await isServed();
const app = new App(server(), served);

for (const part of [where, chooser, table, actionBar, report, facts, request, wire, paste]) part(app);

byId("reset").addEventListener("click", () => app.reset());
byId("many").addEventListener("click", () => app.addRows(10_000));

let trouble = "";
let here = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;
app.onChange(() => {
  const text = app.trouble === null ? "" : `Something went wrong: ${app.trouble}`;
  write(byId("trouble"), text);
  show(byId("trouble"), text !== "");
  if (text !== trouble && text !== "") focus(byId("trouble"));
  trouble = text;
  document.documentElement.toggleAttribute("data-busy", app.isBusy);
  write(byId("took"), app.plan === null ? "" : `The last forecast, of ${app.plan.ids.length.toLocaleString("en")}, took ${app.took.toFixed(1)} ms.`);
  // A little later, so that selecting stays quick, and browsers take only so many addresses in a second.
  clearTimeout(later);
  later = setTimeout(() => {
    const now = app.isBusy ? here : address(app.link());
    if (now !== here) history.replaceState(null, "", now);
    here = now;
  }, 100);
});

await app.try(async () => {
  if (served) await app.discover();
  if (!served || link.run === "browser") app.transport = await browser(app.apis);
});
if (app.trouble === null) {
  const opened = app.open(link);
  // The engine of the five comes with the page, and a browser complains where nobody asks for it soon.
  const preloaded = document.querySelector("link[rel=preload]")?.getAttribute("href");
  if (app.api.isOwn && preloaded) fetch(preloaded).catch(() => {});
  await opened;
}
// From here on it needs nothing that is not on the page: what the first view does without is small, and can wait until it is drawn.
await new Promise((resolve) => setTimeout(resolve, 500));
await Promise.all([...Object.values(CONTRACTS).map((load) => load()), import("./seed.js"), import("./snippets.js")]).catch(() => {});
