/** A handler of MSW that does the work of the mock for one call: who calls, what is asked, what exists, what is deleted. */

/** The same world as the contract's. */
const WORKSPACE = "75A40874E6B64FA3AE0743278996850F";
const TOKENS = new Map([["ada-token", { id: "ada", roles: ["workspace-administrator"] }], ["bob-token", { id: "bob", roles: [] }]]);

/**
 * @param {any} msw
 * @param {readonly { id: string, state?: string }[]} models
 * @returns {{ answer: (request: Request) => Promise<Response> }}
 */
export function msw({ http, HttpResponse, getResponse }, models) {
  const known = new Map(models.map((model) => [model.id.toUpperCase(), { ...model }]));
  const refuse = (/** @type {number} */ status, /** @type {string} */ message, /** @type {string} */ path) =>
    HttpResponse.json({ status: { code: status, message }, path, timestamp: new Date().toISOString() }, { status });
  const handlers = [
    http.post("*/2/0/workspaces/:workspaceId/bulkDeleteModels", async (/** @type {any} */ { request, params }) => {
      const { pathname } = new URL(request.url);
      const [, token = ""] = /^AnaplanAuthToken (.+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
      const caller = TOKENS.get(token);
      if (caller === undefined) return refuse(401, "Unauthorized", pathname);
      if (params.workspaceId.toUpperCase() !== WORKSPACE) return refuse(404, "Not Found", pathname);
      if (!caller.roles.includes("workspace-administrator")) return refuse(403, "Forbidden", pathname);
      let body;
      try {
        body = await request.json();
      } catch {
        return refuse(400, "Error parsing request body as JSON", pathname);
      }
      const ids = body?.modelIdsToDelete;
      if (!Array.isArray(ids) || !ids.every((id) => typeof id === "string")) return refuse(400, "Error parsing request body as JSON", pathname);
      const failures = [];
      let deleted = 0;
      for (const id of new Set(ids)) {
        const model = known.get(id.toUpperCase());
        if (model === undefined) failures.push({ modelId: id, message: "Model ID does not exist." });
        else if (model.state === "open") failures.push({ modelId: id, message: "Model is open. Please close the model before trying again." });
        else {
          known.delete(id.toUpperCase());
          deleted += 1;
        }
      }
      return HttpResponse.json({
        meta: { schema: "https://api.anaplan.com/2/0/objects/bulkDeleteModelsResponse" },
        status: { code: 200, message: "Success" },
        modelsDeleted: deleted,
        ...(failures.length > 0 && { bulkDeleteModelsFailures: failures }),
      });
    }),
  ];
  return { answer: (request) => getResponse(handlers, request) };
}
