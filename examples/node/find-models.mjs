/**
 * What is known of the caller and the models, by the vendor's own calls: the list of the workspace's models, and for each whether
 * it is open. What is not on the list may not exist, or may not be shown to this caller: of these nothing is known.
 *
 * @param {string} baseUrl
 * @param {string} token
 * @param {string} workspaceId
 */
export async function findModels(baseUrl, token, workspaceId) {
  const read = (path) => fetch(`${baseUrl}${path}`, { headers: { Authorization: `AnaplanAuthToken ${token}` } });
  const known = new Map();
  for (let total = 1; known.size < total; ) {
    const page = await read(`/2/0/workspaces/${workspaceId}/models?offset=${known.size}`).catch(() => undefined);
    if (page?.status === 401) return { caller: { authenticated: false } };
    if (!page?.ok) return {};
    const { meta, models } = await page.json();
    if (models.length === 0) break;
    for (const { id, activeState } of models) {
      known.set(id, { accessible: true, state: activeState === "ARCHIVED" ? "archived" : await stepOf(read, id), fail: null });
    }
    total = meta.paging.totalSize;
  }
  return {
    // No call tells roles: this script is for administrators, and the server has the last word.
    caller: { authenticated: true, containerExists: true, roles: ["workspace-administrator"] },
    facts: (id) => known.get(id),
  };
}

/**
 * Whether a model is open.
 *
 * @param {(path: string) => Promise<Response>} read
 * @param {string} id
 */
async function stepOf(read, id) {
  const status = await read(`/2/0/models/${id}/status`);
  return status.ok ? (await status.json()).requestStatus.currentStep.toLowerCase() : undefined;
}
