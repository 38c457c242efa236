#!/usr/bin/env node
/**
 * Deletes the models whose ids stand in the input, one a line.
 *
 *     node delete-models.mjs [--dry-run] < ids.txt
 *
 * BASE_URL, TOKEN and WORKSPACE say where and as whom. Ends with 1 if anything is left (with --dry-run: if anything would be, or
 * may be), and with 2 if nothing could be tried.
 */

import { text } from "node:stream/consumers";
import { load } from "bulk-delete";
import anaplanModels from "bulk-delete/contracts/anaplan-models";
import { findModels } from "./find-models.mjs";

const {
  BASE_URL: baseUrl = "http://127.0.0.1:4010",
  TOKEN: token = "ada-token",
  WORKSPACE: workspaceId = "75A40874E6B64FA3AE0743278996850F",
} = process.env;
const dryRun = process.argv.includes("--dry-run");

const ids = (await text(process.stdin)).split("\n").map((line) => line.trim()).filter((line) => line !== "");
const models = await load(anaplanModels);
const call = models.call({ workspaceId, ids });

if (call.violations.length > 0) {
  for (const { pointer, message } of call.violations) console.error(`${pointer} ${message}`);
  process.exit(2);
}

const { caller, facts } = await findModels(baseUrl, token, workspaceId);
const forecast = models.forecast(call, { caller, facts });
console.log(`Forecast: ${forecast.summary.text}`);
process.exitCode = dryRun ? tellForecast() : await submit();

function tellForecast() {
  console.table(forecast.items.map(({ id, verdict, reason = "" }) => ({ id, verdict, reason })));
  return forecast.summary.allow === forecast.summary.total ? 0 : 1;
}

async function submit() {
  const report = await models.submit(call, {
    baseUrl,
    headers: { Authorization: `AnaplanAuthToken ${token}` },
    onProgress: ({ done, total }) => console.log(`${done} of ${total} answered`),
  });
  console.table(report.items.map(({ id, outcome, retry, reason = "" }) => ({ id, outcome, retry, reason })));
  console.log(`Report: ${report.summary.text}`);
  if (report.ended !== "complete") console.error(`It ended early: ${report.ended}.`);
  return report.items.every(({ gone }) => gone === true) ? 0 : 1;
}
