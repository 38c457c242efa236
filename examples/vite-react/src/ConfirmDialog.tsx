import { useEffect, useRef } from "react";
import type { Call, Forecast } from "./contract.ts";
import { foretold } from "./words.ts";

interface Props {
  call: Call;
  forecast: Forecast;
  names: ReadonlyMap<string, string>;
  onCancel: () => void;
  onConfirm: () => void;
}

/** The question before anything is deleted. The platform's own dialog keeps the focus inside, gives it back, and is left with Escape. */
export function ConfirmDialog({ call, forecast, names, onCancel, onConfirm }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  // Closed by hand, which gives the focus back at once: the `close` event may come much later, and would then answer the next question.
  const leave = (then: () => void) => () => {
    dialog.current?.close();
    then();
  };
  return (
    <dialog ref={dialog} aria-labelledby="question" aria-describedby="answer" onCancel={leave(onCancel)}>
      <h2 id="question">Delete {call.ids.length} models?</h2>
      <p id="answer">{forecast.summary.text}</p>
      <ul>
        {forecast.items.map((item) => (
          <li key={item.id} data-verdict={item.verdict}>
            {names.get(item.id) ?? item.id}: {foretold(item)}
          </li>
        ))}
      </ul>
      {call.violations.map(({ pointer, message }) => (
        <p key={pointer} role="alert">
          {pointer} {message}
        </p>
      ))}
      <button autoFocus onClick={leave(onCancel)}>
        Cancel
      </button>{" "}
      <button disabled={call.violations.length > 0} onClick={leave(onConfirm)}>
        Delete
      </button>
    </dialog>
  );
}
