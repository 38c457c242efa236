/** The bulk delete as a handler of MSW, for Node and for a page. */

import { APPLICATIONS } from "../applications.mjs";

/** @param {typeof import("msw")} msw @param {string} base */
export function bulkDelete({ http, HttpResponse }, base) {
  /** @type {Map<string | null, Set<string>>} what is gone, for each worker */
  const worlds = new Map();
  return [
    http.post(`${base}/v2/applications/batch-delete`, async ({ request }) => {
      const token = request.headers.get("X-Auth-Token");
      if (token === null) return new HttpResponse(null, { status: 401 });
      const worker = request.headers.get("X-Mock-Session");
      const gone = worlds.get(worker) ?? new Set();
      worlds.set(worker, gone);
      const { application_ids: ids } = /** @type {{ application_ids: string[] }} */ (await request.json());
      const result = ids.map((id) => {
        const { only = token, name } = APPLICATIONS[id] ?? {};
        const may = name !== undefined && !gone.has(id) && only === token;
        if (may) gone.add(id);
        return { application_id: id, status: may ? "success" : "error" };
      });
      return HttpResponse.json({ result, total_num: result.length });
    }),
  ];
}
