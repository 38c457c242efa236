/** The five contracts, loaded once, and what a request to each looks like. */

import { load } from "../../src/node.js";
import { documents, names } from "../corpus/files.js";

/** @type {Record<string, any>} */
export const contracts = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, await load({ name, ...documents(name) })])),
);

export const {
  "aisquare-experiences": experiences,
  "anaplan-models": models,
  "codearts-applications": applications,
  "seismic-programs": programs,
  "workspace-scheduled-tasks": tasks,
} = contracts;

/** The arguments beside the ids. @type {Record<string, object>} */
export const where = {
  "aisquare-experiences": {},
  "anaplan-models": { workspaceId: "75A40874E6B64FA3AE0743278996850F" },
  "codearts-applications": { project_id: "0a38ce9ba3c740c199a0f872b6163661" },
  "seismic-programs": { spaceId: "rkr83lapKkyCJuLLWqLqzB" },
  "workspace-scheduled-tasks": { project_id: "0a38ce9ba3c740c199a0f872b6163661" },
};

/** Somebody who may do everything. */
export const somebody = {
  id: "ada",
  authenticated: true,
  scopes: ["seismic.programs.manage"],
  roles: ["workspace-administrator"],
  permissions: ["program.update", "program.delete", "application.delete", "workspace:scheduledTasks:batchDelete"],
  containerExists: true,
  containerAccessible: true,
};

/** Everything that can be known of something that can be deleted. */
export const deletable = {
  accessible: true,
  owner: "ada",
  permissions: ["program.delete", "application.delete"],
  state: "closed",
  attributes: {},
  fail: null,
};

/** A call of many ids. @param {number} count */
export function many(count) {
  return applications.call({ ...where["codearts-applications"], ids: Array.from({ length: count }, (_, index) => `app-${index}`) });
}

/** Violations in a word each. @param {readonly { pointer: string, rule: string }[]} violations */
export function told(violations) {
  return violations.map(({ pointer, rule }) => `${pointer} ${rule}`);
}
