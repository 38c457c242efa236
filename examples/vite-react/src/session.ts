/** Who is here, and where: what an application knows from its own login. */

import type { CallerFacts } from "bulk-delete";

export const baseUrl: string = import.meta.env["VITE_API"] ?? "http://127.0.0.1:4010";
export const workspaceId = "75A40874E6B64FA3AE0743278996850F";
export const userId = "ada";
export const headers = { Authorization: "AnaplanAuthToken ada-token" };
export const caller: CallerFacts = { authenticated: true, containerExists: true, roles: ["workspace-administrator"] };
