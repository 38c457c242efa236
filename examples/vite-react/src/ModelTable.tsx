import type { Forecast } from "./contract.ts";
import type { Model } from "./listModels.ts";
import { foretold } from "./words.ts";

interface Props {
  rows: readonly Model[];
  ticked: ReadonlySet<string>;
  onTick: (ticked: ReadonlySet<string>) => void;
  forecast: Forecast;
}

export function ModelTable({ rows, ticked, onTick, forecast }: Props) {
  const toggle = (id: string) => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    onTick(next);
  };
  return (
    <table>
      <caption>Models of the workspace</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">State</th>
          <th scope="col">Forecast</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, state }) => (
          <tr key={id} data-verdict={forecast.get(id)?.verdict}>
            <th scope="row">
              <label>
                <input type="checkbox" checked={ticked.has(id)} onChange={() => toggle(id)} /> {name}
              </label>
            </th>
            <td>{state}</td>
            <td>{foretold(forecast.get(id))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
