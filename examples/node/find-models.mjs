/**
 * What is known of the caller and the models. The demo asks the mock for its world; a script of yours lists its models here. From
 * another server nothing is known, and the forecast says so.
 *
 * @param {string} baseUrl
 * @param {string} token
 * @param {string} workspaceId
 */
export async function findModels(baseUrl, token, workspaceId) {
  const response = await fetch(`${baseUrl}/__mock/world?contract=anaplan-models`).catch(() => undefined);
  if (!response?.ok) return {};
  const world = await response.json();
  const container = `workspace/${workspaceId}`;
  const found = world.callers.find(({ tokens = [] }) => tokens.includes(token));
  const grant = found?.grants?.find((each) => each.container === container);
  const known = new Map(
    world.resources
      .filter((each) => each.kind === "model" && each.container === container)
      .map((model) => [
        model.id,
        {
          state: model.state,
          accessible: grant !== undefined && (model["visible-to"]?.includes(found.id) ?? true),
          fail: model["on-delete"]?.fail ?? null,
        },
      ]),
  );
  return {
    caller: {
      authenticated: found !== undefined,
      containerExists: world.containers.some(({ kind, id }) => kind === "workspace" && id === workspaceId),
      roles: grant?.roles ?? [],
    },
    // The list is whole: what is not in it does not exist.
    facts: (id) => known.get(id) ?? null,
  };
}
