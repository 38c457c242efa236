/** What the parts of the page hand to each other. Only for the compiler. */

import type { Call, Contract, Report, Verdict, Violation } from "../../wasm/js/index.js";

export type { Call, Contract, Report, Verdict, Violation };
export type Id = string | number | bigint;
export type Retry = "now" | "after-change" | "never";

/** What the page reads of a policy. */
export interface Policy {
  resource: string;
  ids: { at: string; compare?: "exact" | "ignore-case" };
  container?: { kind: string; id: string; compare?: "exact" | "ignore-case" };
  atomicity: "each" | "all";
  credentials: { kind: string; header?: string; scheme?: string }[];
  operation: string;
  effects?: { when?: "now" | "later" };
  violations?: { rules?: { answer?: string }[] };
  checks: { caller: { check: string }[]; item: { check: string; state?: string }[] };
}

/** A contract's documents, as texts. */
export interface Texts { name: string; openapi: string; policy: string }

/** What takes an obstacle away: a change of its state, or what the check that was not passed asks for. */
export interface Lift { label: string; state?: string }

/** One of the APIs that the page shows. */
export interface Api {
  name: string;
  title: string;
  thing: string;
  things: string;
  place: string;
  answers: string;
  ids: "text" | "integer";
  option?: { name: string; label: string };
  callers: readonly Persona[];
  /** By the check that was not passed. */
  obstacles: Record<string, Lift>;
  /** Whether it is none of the package's: its documents are the server's to give. */
  isOwn?: boolean;
  /** The containers in which there is something, which come first; without it they stand in the world's order. */
  places?: ReadonlySet<string>;
  /** What a request needs beside ids and container. */
  given?: Readonly<Record<string, unknown>>;
}

/** Somebody who calls. */
export interface Persona {
  key: string;
  label: string;
  hint: string;
  /** The caller of the world; `null` for nobody. */
  caller: string | null;
  expired?: boolean;
  /** Instead of the caller's own. */
  scopes?: string[];
}

export interface Container { kind: string; id: string; aliases?: string[] }
export interface Grant { container: string; roles?: string[]; permissions?: string[] }
export interface Caller { id: string; tokens?: string[]; login?: { user: string; password: string }; scopes?: string[]; grants?: Grant[] }
export interface Resource {
  kind: string;
  id: Id;
  container?: string;
  name?: string;
  owner?: string;
  state?: string;
  attributes?: Record<string, unknown>;
  "visible-to"?: string[];
  "on-delete"?: { fail?: string; "cleanup-fails"?: string };
}
export interface WorldFile { containers?: Container[]; callers?: Caller[]; resources?: Resource[] }

/** A row of the table: a resource, or an id that nobody has listed. */
export interface Row {
  key: string;
  id: Id;
  name: string;
  owner: string;
  state: string;
  access: boolean | null;
  resource: Resource | null;
}

/** A request as somebody wrote it. */
export interface Raw { target: string; text: string }

/** What is foretold of one id. */
export type ItemVerdict = { readonly id: Id } & Verdict;

/** What would be sent, and what would come of it. */
export interface Plan {
  call: Call;
  batches: readonly Call[];
  /** What is wrong with it, and is not put right by sending it in parts. */
  violations: readonly Violation[];
  ids: readonly Id[];
  verdicts: Map<string, ItemVerdict>;
  nameOf: (key: string) => string;
  request: Verdict;
  summary: Sums;
}

export interface Sums { total: number; allow: number; deny: number; unknown: number; text: string }

/** One request that was sent, and its answer. */
export interface Exchange {
  method: string;
  url: string;
  headers: [string, string][];
  body: string;
  status: number | null;
  answerHeaders: [string, string][];
  answer: string;
  milliseconds: number;
}

/** What was sent and what came of it. */
export interface Sent {
  plan: Plan;
  report: Report;
  done: number;
  total: number;
  isUnderWay: boolean;
  ended: string | null;
  exchanges: Exchange[];
  requests: number;
}

export interface Operation {
  id: string;
  item: Id;
  state: "pending" | "running" | "succeeded" | "failed";
  percent: number;
  fail?: string;
}

export interface AuditEntry { time: string; caller: string | null; item: Id; outcome: string; "request-id"?: string }
