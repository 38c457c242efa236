// Writes the contract of a page with the provider, as its author would: the page's calls are made against Pact's own server.

import { MatchersV3, PactV4 } from "@pact-foundation/pact";

const { eachLike, integer, string } = MatchersV3;

const WORKSPACE = "75A40874E6B64FA3AE0743278996850F";
const OPEN = "BC24B51B39CF4701ACF7CBFD2ED93C36";
const PATH = `/2/0/workspaces/${WORKSPACE}/bulkDeleteModels`;
const HEADERS = { Authorization: "AnaplanAuthToken ada-token", "Content-Type": "application/json" };

/** @param {string} folder where the contract is written */
export async function make(folder) {
  const pact = new PactV4({ consumer: "page", provider: "anaplan-models", dir: folder, logLevel: "error" });
  const body = { modelIdsToDelete: [OPEN] };
  const ask = (base) => fetch(`${base}${PATH}`, { method: "POST", headers: HEADERS, body: JSON.stringify(body) });
  const answer = (modelsDeleted, failures) => ({
    meta: { schema: string() },
    status: { code: 200, message: "Success" },
    modelsDeleted,
    bulkDeleteModelsFailures: failures,
  });

  const call = (state, description, status, expected) =>
    pact
      .addInteraction()
      .given(state)
      .uponReceiving(description)
      .withRequest("POST", PATH, (request) => request.headers(HEADERS).jsonBody(body))
      .willRespondWith(status, (response) => expected && response.jsonBody(expected))
      .executeTest(async ({ url }) => {
        const response = await ask(url);
        // Pact's server notes a request behind its answer: whoever leaves at the first line may be sooner.
        await response.text();
        if (response.status !== status) throw new Error(`${description}: ${response.status}`);
      });

  await call("all models are closed", "a model that was open is deleted", 200, answer(1, []));
  await call("there is nothing to delete", "a model that is not there is named", 200,
    answer(0, [{ modelId: OPEN, message: "Model ID does not exist." }]));
  await call("the server is busy", "the server has no time", 503);
  await pact
    .addInteraction()
    .given("nothing-to-delete", {
      world: { resources: [{ kind: "model", id: "MINE", container: `workspace/${WORKSPACE}`, name: "Mine", state: "closed" }] },
    })
    .uponReceiving("the models are listed")
    .withRequest("GET", "/2/0/models", (request) => request.headers({ Authorization: HEADERS.Authorization }))
    .willRespondWith(200, (response) =>
      response.jsonBody({
        meta: { schema: string(), paging: { currentPageSize: integer(1), totalSize: 1, offset: 0 } },
        models: eachLike({ id: "MINE", name: "Mine" }),
      }))
    .executeTest(async ({ url }) => {
      const response = await fetch(`${url}/2/0/models`, { headers: { Authorization: HEADERS.Authorization } });
      await response.text();
      if (response.status !== 200) throw new Error(`the list: ${response.status}`);
    });
}
