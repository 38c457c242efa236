/** What a page does with the package, from end to end: for places where nothing but that it works is in question. */

/**
 * @param {{ load: (documents: any) => Promise<any> }} library
 * @param {{ openapi: string, policy: string }} documents of `anaplan-models`
 */
export async function smoke({ load }, documents) {
  try {
    const models = await load({ name: "anaplan-models", ...documents });
    const call = models.call({ workspaceId: "75A40874E6B64FA3AE0743278996850F", ids: ["a", "b"] });
    const caller = { authenticated: true, roles: ["workspace-administrator"], containerExists: true };
    const forecast = models.forecast(call, {
      caller,
      facts: (/** @type {string} */ id) => ({ accessible: true, state: id === "b" ? "open" : "closed", fail: null }),
    });
    const report = models.interpret(call, {
      status: 200,
      text: JSON.stringify({
        modelsDeleted: 1,
        bulkDeleteModelsFailures: [{ modelId: "b", message: "Model is open. Please close the model before trying again." }],
      }),
    });
    return { violations: call.violations.length, forecast: forecast.summary.text, report: report.summary.text };
  } catch (cause) {
    const error = /** @type {Error} */ (cause);
    return { error: error.name, message: error.message };
  }
}

/** What comes of it where it works. */
export const WORKS = {
  violations: 0,
  forecast: "1 of 2 will be deleted. 1 will not: Model is open. Please close the model before trying again.",
  report: "1 deleted, 1 not deleted.",
};
