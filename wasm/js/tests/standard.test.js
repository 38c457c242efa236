/** The request body as a Standard Schema, in the hands of those who take one. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { FormApi } from "@tanstack/form-core";
import { initTRPC } from "@trpc/server";
import { load } from "../src/node.js";
import { documents } from "./corpus/files.js";
import { applications, contracts, models, programs } from "./support/contracts.js";

const good = { modelIdsToDelete: ["a"] };
const wrong = { modelIdsToDelete: ["a", 5] };
const MESSAGE = "must be a string, is an integer";

test("it is one, of version 1", () => {
  for (const { body } of Object.values(contracts)) {
    const { version, vendor, validate } = body["~standard"];
    assert.deepEqual([version, vendor, typeof validate], [1, "bulk-delete", "function"]);
  }
  assert.deepEqual(models.body["~standard"].validate(good), { value: good });
  assert.equal(models.body["~standard"].validate(good).value, good);
  assert.deepEqual(models.body["~standard"].validate(wrong), { issues: [{ message: MESSAGE, path: ["modelIdsToDelete", 1] }] });
});

test("whatever it is given it gives a value or issues", () => {
  const cyclic = /** @type {any} */ ([]);
  cyclic.push(cyclic);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const value of [undefined, null, 5, "", [], cyclic, proxy, Symbol("a"), () => 1, 1n, new Map(), { modelIdsToDelete: [2 ** 60] }, Object.create(null)]) {
    const { issues } = models.body["~standard"].validate(value);
    assert.ok(Array.isArray(issues) && issues.length > 0);
    for (const { message, path } of issues) assert.deepEqual([typeof message, Array.isArray(path)], ["string", true]);
  }
  assert.deepEqual(models.body["~standard"].validate({ modelIdsToDelete: [2 ** 60] }).issues?.map(({ path }) => path), [["modelIdsToDelete", 0]]);
});

test("messages can be a page's own", async () => {
  const german = await load(
    { name: "anaplan-models", ...documents("anaplan-models") },
    { messages: { type: "Das ist kein Text.", minItems: ({ limit }) => `Mindestens ${limit}.` } },
  );
  const messages = (/** @type {unknown} */ value) => german.body["~standard"].validate(value).issues?.map(({ message }) => message);
  assert.deepEqual(messages(wrong), ["Das ist kein Text."]);
  assert.deepEqual(messages({ modelIdsToDelete: [] }), ["Mindestens 1."]);
  assert.deepEqual(german.call({ workspaceId: "x", ids: [] }).violations[0].message, "Mindestens 1.");
});

test("nothing at all is told as what it is", async () => {
  assert.deepEqual(models.body["~standard"].validate(undefined), { issues: [{ message: "must not be empty", path: [] }] });
});

test("where a request has no body, nothing is what it must be", () => {
  assert.deepEqual(programs.body["~standard"].validate(undefined), { value: undefined });
});

test("React Hook Form", async () => {
  const resolver = standardSchemaResolver(/** @type {any} */ (models.body));
  const options = /** @type {any} */ ({ fields: {}, shouldUseNativeValidation: false });
  assert.deepEqual(await resolver(/** @type {any} */ (good), undefined, options), { values: good, errors: {} });
  const { errors } = /** @type {any} */ (await resolver(/** @type {any} */ (wrong), undefined, options));
  assert.equal(errors.modelIdsToDelete[1].message, MESSAGE);
});

test("tRPC", async () => {
  const { procedure, router, createCallerFactory } = initTRPC.create();
  const routes = router({ remove: procedure.input(/** @type {any} */ (models.body)).mutation(({ input }) => input) });
  const caller = createCallerFactory(routes)({});
  assert.deepEqual(await caller.remove(good), good);
  await assert.rejects(caller.remove(wrong), (/** @type {any} */ error) => error.code === "BAD_REQUEST" && error.message.includes(MESSAGE));
});

test("TanStack Form", async () => {
  const form = new FormApi({
    defaultValues: { project_id: "p", application_ids: /** @type {unknown[]} */ (["a", 5]) },
    validators: { onChange: /** @type {any} */ (applications.body) },
  });
  form.mount();
  await form.validateAllFields("change");
  await form.validate("change");
  assert.equal(form.state.isValid, false);
  assert.ok(JSON.stringify(form.state.errors).includes(MESSAGE), JSON.stringify(form.state.errors));
  form.setFieldValue("application_ids", ["a"]);
  await form.validate("change");
  assert.equal(form.state.isValid, true);
});
