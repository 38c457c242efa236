import type { Report } from "./contract.ts";
import { advice, happened } from "./words.ts";

const ENDED: Record<Report["ended"], string> = {
  "complete": "",
  "aborted": "It was called off.",
  "unauthorized": "You may not do this, or must log in again.",
  "rate-limited": "The server wants to be left alone for a while.",
  "network": "The connection was lost.",
};

interface Props {
  report: Report;
  names: ReadonlyMap<string, string>;
  /** Tries again what may be tried again; `null` where nothing may. */
  retry: (() => void) | null;
}

export function ReportView({ report, names, retry }: Props) {
  return (
    <section aria-labelledby="report">
      <h2 id="report">Report</h2>
      <p role="status">
        {report.summary.text} {ENDED[report.ended]}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">What happened</th>
            <th scope="col">And now</th>
          </tr>
        </thead>
        <tbody>
          {report.items.map((item) => (
            <tr key={item.id} data-outcome={item.outcome}>
              <th scope="row">{names.get(item.id) ?? item.id}</th>
              <td>{happened(item)}</td>
              <td>{advice(item)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {retry && <button onClick={retry}>Try again</button>}
    </section>
  );
}
