/** A form of pasted ids. The request body of the contract is the form's schema, so that the form refuses what the server would. */

import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { use, useState } from "react";
import { createRoot } from "react-dom/client";
import { useForm } from "react-hook-form";
import { loading } from "./contract.ts";
import { Page } from "./Page.tsx";
import { parseIds } from "./parseIds.ts";
import { baseUrl, headers, workspaceId } from "./session.ts";
import "./style.css";

function PastedIds() {
  const models = use(loading);
  const { register, handleSubmit, formState } = useForm({ resolver: standardSchemaResolver(models.body) });
  const [said, setSaid] = useState("");
  const wrong = formState.errors.modelIdsToDelete;

  const submit = handleSubmit(async ({ modelIdsToDelete: ids }) => {
    const report = await models.submit(models.call({ workspaceId, ids }), { baseUrl, headers });
    setSaid(report.summary.text);
  });
  return (
    <form onSubmit={submit}>
      <label htmlFor="ids">Ids, one a line or a JSON list</label>
      <textarea
        id="ids"
        rows={6}
        aria-invalid={wrong !== undefined}
        aria-describedby="wrong"
        {...register("modelIdsToDelete", { setValueAs: parseIds })}
      />
      <ul id="wrong" role="alert">
        {wrong?.message && <li>The list {wrong.message}</li>}
        {wrong?.map?.((each, index) => each && <li key={index}>Number {index + 1} {each.message}</li>)}
      </ul>
      <button disabled={formState.isSubmitting}>Delete</button>
      <p role="status">{said}</p>
    </form>
  );
}

createRoot(document.getElementById("root")!).render(
  <Page title="Delete models by id">
    <PastedIds />
  </Page>,
);
