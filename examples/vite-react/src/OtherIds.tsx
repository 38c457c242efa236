import type { Violation } from "bulk-delete";
import { useId } from "react";
import { parseIds } from "./parseIds.ts";

interface Props {
  ids: readonly string[];
  onChange: (ids: string[]) => void;
  violations: readonly Violation[];
  /** How many ids stand before these in the request. */
  offset: number;
}

/** Ids from elsewhere. What the contract has against one of them is told beside the field. */
export function OtherIds({ ids, onChange, violations, offset }: Props) {
  const field = useId();
  const wrong = ids.flatMap((id, index) =>
    violations.filter(({ path }) => path.at(-1) === offset + index).map(({ message }) => `${id} ${message}`),
  );
  return (
    <>
      <label htmlFor={field}>Other ids, one a line or a JSON list</label>
      <textarea
        id={field}
        // A new field when the ids are taken away, so that it is empty.
        key={ids.length === 0 ? "empty" : "filled"}
        rows={3}
        onChange={(event) => onChange(parseIds(event.target.value))}
        aria-invalid={wrong.length > 0}
        aria-describedby={`${field}-wrong`}
      />
      <ul id={`${field}-wrong`} role="alert">
        {wrong.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  );
}
