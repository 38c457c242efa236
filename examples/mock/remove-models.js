/** What is tested here: it deletes models, and tells the names of those that are left. */

const WORKSPACE = "75A40874E6B64FA3AE0743278996850F";

/**
 * @param {{ id: string, name: string }[]} models
 * @param {string} token
 * @returns {Promise<string[]>}
 */
export async function removeModels(models, token) {
  const response = await fetch(`https://api.anaplan.com/2/0/workspaces/${WORKSPACE}/bulkDeleteModels`, {
    method: "POST",
    headers: { Authorization: `AnaplanAuthToken ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ modelIdsToDelete: models.map(({ id }) => id) }),
  });
  if (!response.ok) throw new Error(`the models were not deleted: ${response.status}`);
  const { bulkDeleteModelsFailures: left = [] } = await response.json();
  return left.map((each) => models.find(({ id }) => id === each.modelId)?.name ?? each.modelId);
}
