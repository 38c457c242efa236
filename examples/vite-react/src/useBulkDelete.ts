/** Everything that the page asks of bulk-delete. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { listed } from "bulk-delete";
import { use, useMemo, useState } from "react";
import { type Call, loading } from "./contract.ts";
import type { Model } from "./listModels.ts";
import { baseUrl, caller, headers, workspaceId } from "./session.ts";

export function useBulkDelete(rows: readonly Model[], ids: readonly string[]) {
  const models = use(loading);
  const call = useMemo(() => models.call({ workspaceId, ids }), [models, ids]);

  const forecast = useMemo(() => {
    const known = listed(rows);
    // The list is whole: what is not in it does not exist.
    return models.forecast(call, { caller, facts: (id) => known(id) ?? null });
  }, [models, call, rows]);

  const [progress, onProgress] = useState({ done: 0, total: 0 });
  const client = useQueryClient();
  const submit = useMutation({
    mutationFn: (call: Call) => models.submit(call, { baseUrl, headers, onProgress, size: 50 }),
    onMutate: (call) => onProgress({ done: 0, total: call.ids.length }),
    onSettled: () => client.invalidateQueries({ queryKey: ["models"] }),
  });

  // What is selected has changed since: a report goes with the call that was sent.
  const { data: report, variables: sent } = submit;
  const again = report && sent ? models.retry(sent, report, { when: "after-change" }) : null;
  return { call, forecast, submit, progress, report, again };
}
