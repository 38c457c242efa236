import type { Violation } from "bulk-delete";
import { useId } from "react";

interface Props {
  text: string;
  onChange: (text: string) => void;
  /** The ids that stand in the text. */
  ids: readonly string[];
  violations: readonly Violation[];
  /** How many ids stand before these in the request. */
  offset: number;
}

/** Ids from elsewhere. What the contract has against one of them is told beside the field. */
export function OtherIds({ text, onChange, ids, violations, offset }: Props) {
  const field = useId();
  const wrong = ids.flatMap((id, index) =>
    violations.filter(({ path }) => path.at(-1) === offset + index).map(({ message }) => `${id} ${message}`),
  );
  return (
    <>
      <label htmlFor={field}>Other ids, one a line or a JSON list</label>
      <textarea
        id={field}
        rows={3}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={wrong.length > 0}
        aria-describedby={`${field}-wrong`}
      />
      <ul id={`${field}-wrong`} role="alert">
        {wrong.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </>
  );
}
