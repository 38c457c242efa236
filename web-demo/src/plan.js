/** What would be sent, in how many parts, and what is foretold of each id. Nothing is asked of anybody for it. */

import { callerWithout, itemWithout } from "./knowledge.js";
import { reasonOf } from "./words.js";

/** How many reasons are told in the summary. */
const TOLD = 3;

/** @typedef {import("./types.d.ts").Plan} Plan */
/** @typedef {import("./types.d.ts").Id} Id */
/** @typedef {import("./types.d.ts").Call} Call */
/** @typedef {import("./types.d.ts").Verdict} Verdict */

/**
 * @typedef {object} Wish
 * @property {import("./subject.js").Subject} subject
 * @property {import("./world.js").World} world
 * @property {import("./types.d.ts").Persona} persona
 * @property {Readonly<Record<string, unknown>>} where the arguments beside the ids
 * @property {{ ids: ReadonlyMap<string, Id>, raw: import("./types.d.ts").Raw | null }} selection the ids by their keys, or what was written instead
 * @property {ReadonlySet<string>} without the facts that were taken away
 * @property {number | null} size how many ids go into one request
 */

/** @param {Wish} wish @returns {Plan} */
export function plan({ subject, world, persona, where, selection: { ids: selected, raw }, without, size }) {
  const { contract } = subject;
  const call = raw === null ? contract.call({ ...where, ids: [...selected.values()] }) : written(contract, raw);
  const batches = contract.batches(call, size === null ? {} : { size });
  const container = world.container(subject.containerOf(call));
  const caller = callerWithout(world.callerFacts(persona, container), without);
  const there = world.within(container);
  const facts = (/** @type {Id} */ id) => {
    if (without.has("existence")) return undefined;
    const resource = there?.get(world.keyOf(id));
    return resource === undefined ? null : itemWithout(world.itemFacts(persona, resource), without);
  };
  /** @type {Plan["verdicts"]} */
  const verdicts = new Map();
  /** @type {Verdict} */
  let request = { verdict: "allow" };
  /** @type {Map<string, number>} */
  const reasons = new Map();
  const sums = { allow: 0, deny: 0, unknown: 0 };
  // The ids of a selection have keys already, in their order; those of a request that was written by hand have not.
  const keys = raw === null && selected.size === call.ids.length ? [...selected.keys()] : call.ids.map((id) => world.keyOf(id));
  let index = 0;
  for (const batch of batches) {
    const forecast = contract.forecast(batch, { caller, facts });
    // Once the credentials are refused nothing more is sent; and what the first part meets, the others meet as a rule.
    if (request.verdict === "allow") request = forecast.request;
    for (const item of forecast.items) {
      verdicts.set(keys[index], item);
      index += 1;
      sums[item.verdict] += 1;
      if (item.verdict !== "deny") continue;
      const reason = reasonOf(item);
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  const total = sums.allow + sums.deny + sums.unknown;
  return {
    call,
    batches,
    violations: batches.flatMap((batch) => batch.violations),
    ids: call.ids,
    verdicts,
    // A row that is deleted later keeps its name in the report.
    nameOf: (key) => (there?.has(key) ? there.get(key)?.name || "Unnamed" : ""),
    request,
    summary: { ...sums, total, text: words(total, sums, reasons) },
  };
}

/** @param {import("./types.d.ts").Contract} contract @param {import("./types.d.ts").Raw} raw @returns {Call} */
function written(contract, { target, text }) {
  const [path = "", ...query] = target.trim().split("?");
  return contract.parse({ path, ...(query.length > 0 && { query: query.join("?") }), ...(text !== "" && { text }) });
}

/** @param {number} total @param {{ allow: number, unknown: number }} sums @param {Map<string, number>} reasons */
function words(total, { allow, unknown }, reasons) {
  const [deleted, open, all] = [allow, unknown, total].map((count) => count.toLocaleString("en"));
  // That none will be is not said where some may be.
  const isOpen = allow === 0 && unknown > 0;
  const sentences = [isOpen ? `Whether ${open} of ${all} will be deleted is not known.` : `${deleted} of ${all} will be deleted.`];
  const byCount = [...reasons].sort(([, one], [, other]) => other - one);
  for (const [reason, count] of byCount.slice(0, TOLD)) {
    sentences.push(`${count.toLocaleString("en")} will not: ${reason}${/[.!?]$/.test(reason) ? "" : "."}`);
  }
  const others = byCount.slice(TOLD).reduce((sum, [, count]) => sum + count, 0);
  if (others > 0) sentences.push(`${others.toLocaleString("en")} will not for other reasons.`);
  if (unknown > 0 && !isOpen) sentences.push(`Of ${open} it is not known.`);
  return sentences.join(" ");
}
