/** A page's few lines, typed by the oldest compiler. */

import { listed, load } from "bulk-delete";
import anaplanModels from "bulk-delete/contracts/anaplan-models";
import { createMock } from "bulk-delete/mock";
import models from "bulk-delete/mock/contracts/anaplan-models";

export async function use(): Promise<string[]> {
  const contract = await load(anaplanModels);
  const call = contract.call({ workspaceId: "w", ids: ["a"] });
  const { url, ...init } = call.toRequest("https://api.anaplan.com");
  const request: Request = new Request(url, init);
  const mock = await createMock({ contracts: [models] });
  const forecast = contract.forecast(call, { facts: listed([{ id: "a", state: "open" }]) });
  const report = await contract.submit(call, { fetch: (input, options) => mock.fetch(input, options), baseUrl: request.url });
  return [forecast.summary.text, ...report.items.map(({ id }) => id)];
}
