/** What a compiler must accept, and what it must not. It is compiled, never run. */

import aisquare from "bulk-delete/contracts/aisquare-experiences";
import anaplan from "bulk-delete/contracts/anaplan-models";
import { createMock } from "bulk-delete/mock";
import mockedModels from "bulk-delete/mock/contracts/anaplan-models";
import codearts from "bulk-delete/contracts/codearts-applications";
import seismic from "bulk-delete/contracts/seismic-programs";
import workspace from "bulk-delete/contracts/workspace-scheduled-tasks";
import { ContractError, EngineError, InvalidCallError, listed, load, useModule } from "bulk-delete";
import { load as loadInline } from "bulk-delete/inline";
import type { Call, Contract, Forecast, Report, Shape, SubmitReport, Verdict, Violation } from "bulk-delete";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { initTRPC } from "@trpc/server";
import { useForm } from "react-hook-form";

/** Fails to compile unless both are the same. */
function same<A>() {
  return <B>(..._: [A] extends [B] ? ([B] extends [A] ? [] : [never]) : [never]) => undefined;
}

const models = await load(anaplan);
const applications = await load(codearts);
const experiences = await load(aisquare);
const programs = await load(seismic);
const tasks = await loadInline(workspace);

// Calls take the contract's own names.
const call = models.call({ workspaceId: "w", ids: ["a"] });
programs.call({ spaceId: "s", ids: ["a"] as const, deleteTasks: true });
programs.call({ spaceId: "s", ids: ["a"] });
experiences.call({ ids: [1, 2n] });
tasks.call({ project_id: "p", ids: ["a"] });
applications.call({ project_id: "p", ids: ["a"] });
// @ts-expect-error the workspace is missing
models.call({ ids: ["a"] });
// @ts-expect-error the ids are missing
models.call({ workspaceId: "w" });
// @ts-expect-error an id is text
models.call({ workspaceId: "w", ids: [1] });
// @ts-expect-error an id is a number
experiences.call({ ids: ["1"] });
// @ts-expect-error there is no such argument
models.call({ workspaceId: "w", ids: ["a"], deleteTasks: true });
// @ts-expect-error it is true or false
programs.call({ spaceId: "s", ids: ["a"], deleteTasks: "yes" });
// @ts-expect-error ids do not change
call.ids.push("b");
// @ts-expect-error violations do not change
call.violations = [];
same<readonly string[]>()<typeof call.ids>();
same<readonly (number | bigint)[]>()<ReturnType<typeof experiences.call>["ids"]>();

// What is only validated is no call.
void models.validate({ bytes: new ArrayBuffer(0), path: "/x", headers: new Headers() }).map(({ pointer, message }) => pointer + message);
// @ts-expect-error a request that somebody else made has no arguments
models.validate({ ids: ["a"] });
// @ts-expect-error violations are no call
models.forecast(models.validate({}));

// A call belongs to its contract.
// @ts-expect-error it is a call of another contract
experiences.forecast(call);

// A request goes into fetch as it is.
const { url, ...init } = call.toRequest("https://example.com");
void fetch(url, init);

// Forecasts: a verdict is told apart by its word, and codes are the contract's own.
const forecast = models.forecast(call, {
  caller: { id: "ada", authenticated: "expired", roles: ["workspace-administrator"] },
  facts: (id) => (id === "a" ? { state: "open", attributes: { type: 1 } } : id === "b" ? null : undefined),
});
const item = forecast.items[0]!;
same<string>()<typeof item.id>();
if (item.verdict === "deny") {
  same<"now" | "after-change" | "never">()<typeof item.retry>();
  const isOpen: boolean = item.code === "open";
  // @ts-expect-error the contract has no such outcome
  const isStrange: boolean = item.code === "strange";
  void [isOpen, isStrange, item.reason?.length, item.check, item.document];
} else if (item.verdict === "unknown") {
  void item.needs.map(({ fact, of }) => `${fact} ${of}`);
  // @ts-expect-error nothing is decided
  void item.code;
} else {
  same<"allow">()<typeof item.verdict>();
}
models.forecast(call);
models.forecast(call, { caller: null });
// @ts-expect-error facts do not wait
models.forecast(call, { facts: async () => ({}) });
// @ts-expect-error there is no such fact
models.forecast(call, { facts: () => ({ colour: "red" }) });
// @ts-expect-error scopes are a list
models.forecast(call, { caller: { scopes: "all" } });
models.forecast(call, { facts: listed([{ id: "a", state: "open", name: "Budget" }]) });
models.forecast(call, { facts: listed([{ key: "a" }], (row) => row.key) });

// Reports.
const report = models.interpret(call, { status: 200, body: {} });
void models.interpret(call, { status: 200, headers: { "retry-after": "1" }, text: "" });
// @ts-expect-error a status is a number
models.interpret(call, { status: "200" });
same<boolean | null>()<(typeof report.items)[number]["gone"]>();
same<"deleted" | "accepted" | "not-found" | "failed" | "not-sent" | "unknown">()<(typeof report.items)[number]["outcome"]>();
// @ts-expect-error reports do not change
report.items[0]!.outcome = "deleted";
void (models.retry(call, report)?.ids satisfies readonly string[] | undefined);
void (models.merge(report, report) satisfies Report);
void (models.settle(report, new Set(["a"])) satisfies Report);
void (models.batches(call, { size: 10 }) satisfies Call[]);

// Sending.
const sent = await models.submit(call, {
  baseUrl: "https://example.com",
  fetch,
  headers: async () => ({ Authorization: "AnaplanAuthToken x" }),
  concurrency: 2,
  signal: AbortSignal.timeout(1000),
  onProgress: ({ done, total, report: { summary } }) => void `${done} of ${total}: ${summary.text}`,
});
same<"complete" | "aborted" | "unauthorized" | "rate-limited" | "network">()<typeof sent.ended>();
void (sent satisfies SubmitReport);
void models.submit(call, { headers: [["a", "b"]] });
const deletion = programs.call({ spaceId: "s", ids: [] });
const accepted = programs.interpret(deletion, { status: 200 });
void programs.track(accepted);
void programs.track(accepted, {
  status: async (operation, id) => (operation === id ? "succeeded" : { failed: "no" }),
});
void programs.track(accepted, { baseUrl: new URL("http://127.0.0.1"), fetch, headers: async () => ({ a: "b" }), call: deletion });
// @ts-expect-error it is another contract's call
void models.track(report, { call: deletion });

// Raw requests.
models.parse({ path: "/2/0/workspaces/w/bulkDeleteModels", headers: new Headers(), body: {} });
models.parse({ query: new URLSearchParams(), headers: [["a", "b"]], bytes: new Uint8Array() });
// @ts-expect-error text is text
models.parse({ text: 5 });

// Documents of one's own.
const own = await load({ openapi: {} as unknown, policy: "{}" }, { messages: { type: "no", maxItems: ({ limit }) => `at most ${limit}` } });
own.call({ anything: 1, ids: [1, "a", 2n] });
// @ts-expect-error a contract is two documents
void load({ openapi: {} });
interface Mine extends Shape {
  id: number;
  where: { shelf: string };
  options: { force?: boolean };
  body: { books: number[] };
  code: "deleted" | "lent";
}
const mine = await load<Mine>({ openapi: {}, policy: {} });
mine.call({ shelf: "a", ids: [1], force: true });
// @ts-expect-error the shelf is missing
mine.call({ ids: [1] });
void (mine satisfies Contract<Mine>);
void ((told: Forecast<Mine>): Verdict<"deleted" | "lent"> => told.request);

// Standard Schema, and those who take one.
void (models.body satisfies StandardSchemaV1<{ modelIdsToDelete: string[] }>);
same<{ books: number[] }>()<StandardSchemaV1.InferOutput<typeof mine.body>>();
initTRPC.create().procedure.input(models.body).mutation(({ input }) => input.modelIdsToDelete.join());
const form = useForm({ defaultValues: { books: [1] }, resolver: standardSchemaResolver(mine.body) });
void form.handleSubmit(({ books }) => void books.length);

// Errors say what they are.
try {
  useModule(new Uint8Array());
} catch (error) {
  if (error instanceof ContractError) void error.problems[0]?.pointer;
  if (error instanceof InvalidCallError) void (error.violations satisfies readonly Violation[]);
  if (error instanceof EngineError) same<"EngineError">()<typeof error.name>();
}

// The mock.
const mock = await createMock({ contracts: [mockedModels, aisquare, { openapi: {}, policy: "{}" }], clock: "frozen", world: {} });
void ((await mock.answer(new Request("http://localhost"))) satisfies Response | undefined);
void models.submit(models.call({ workspaceId: "a", ids: ["b"] }), { baseUrl: "http://localhost", fetch: mock.fetch });
void (mock.token({ caller: "ada", contract: "anaplan-models", scopes: [], expiresIn: 60 }) satisfies string);
void (await mock.intercept({ origins: ["http://localhost"], onUnhandled: ({ why }) => void (why satisfies "other-origin" | "no-route") })).stop();
// @ts-expect-error a mock is made of contracts
void createMock({});
// @ts-expect-error a clock is no number
void createMock({ contracts: [mockedModels], clock: 7 });
