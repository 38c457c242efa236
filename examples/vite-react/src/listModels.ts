/** The rows of the table. The demo asks the mock for its world; an application asks its own API. */

import type { ItemFacts } from "bulk-delete";
import { baseUrl, userId, workspaceId } from "./session.ts";

export interface Model extends ItemFacts {
  id: string;
  name: string;
  state: string;
}

interface Resource {
  kind: string;
  id: string;
  container: string;
  name?: string;
  state?: string;
  "visible-to"?: string[];
  "on-delete"?: { fail?: string };
}

export async function listModels(): Promise<Model[]> {
  const response = await fetch(`${baseUrl}/__mock/world?contract=anaplan-models`);
  if (!response.ok) throw new Error(`The list could not be read: ${response.status}`);
  const { resources }: { resources: Resource[] } = await response.json();
  return resources
    .filter(({ kind, container }) => kind === "model" && container === `workspace/${workspaceId}`)
    .map((each) => ({
      id: each.id,
      name: each.name ?? each.id,
      state: each.state ?? "closed",
      accessible: each["visible-to"]?.includes(userId) ?? true,
      fail: each["on-delete"]?.fail ?? null,
    }));
}
