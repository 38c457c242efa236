import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { listModels, type Model } from "./listModels.ts";
import { ModelTable } from "./ModelTable.tsx";
import { OtherIds } from "./OtherIds.tsx";
import { parseIds } from "./parseIds.ts";
import { ReportView } from "./ReportView.tsx";
import { useBulkDelete } from "./useBulkDelete.ts";

const NONE: Model[] = [];

export function App() {
  const list = useQuery({ queryKey: ["models"], queryFn: listModels });
  const rows = list.data ?? NONE;
  const [pasted, setPasted] = useState("");
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [confirming, setConfirming] = useState(false);

  const others = useMemo(() => parseIds(pasted), [pasted]);
  const ids = useMemo(() => [...rows.map(({ id }) => id).filter((id) => ticked.has(id)), ...others], [rows, others, ticked]);
  const { call, forecast, submit, progress, report, again } = useBulkDelete(rows, ids);

  // The report still needs the names of rows that are gone by then.
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const ask = () => {
    setNames(new Map(rows.map(({ id, name }) => [id, name])));
    setConfirming(true);
  };
  const send = (what: typeof call) => {
    setConfirming(false);
    setTicked(new Set());
    setPasted("");
    submit.mutate(what);
  };

  if (list.isPending) return <p role="status">Reading the list…</p>;
  if (list.isError) return <p role="alert">{list.error.message}</p>;
  return (
    <>
      <ModelTable rows={rows} ticked={ticked} onTick={setTicked} forecast={forecast} />
      <OtherIds text={pasted} onChange={setPasted} ids={others} violations={call.violations} offset={ids.length - others.length} />
      <p role="status">
        {submit.isPending ? `Deleting: ${progress.done} of ${progress.total} answered.` : ids.length > 0 && forecast.summary.text}
      </p>
      {submit.isPending && <progress value={progress.done} max={progress.total} aria-label="Answered" />}
      <button disabled={ids.length === 0 || submit.isPending} onClick={ask}>
        Delete {ids.length}…
      </button>
      {confirming && (
        <ConfirmDialog
          call={call}
          forecast={forecast}
          names={names}
          onCancel={() => setConfirming(false)}
          onConfirm={() => send(call)}
        />
      )}
      {submit.isError && <p role="alert">{submit.error.message}</p>}
      {report && <ReportView report={report} names={names} retry={again && (() => send(again))} />}
    </>
  );
}
