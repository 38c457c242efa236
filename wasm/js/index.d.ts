/**
 * Validate a bulk-delete request, forecast each item's fate, make sense of the answer, and send it in parts.
 *
 * Everything is generic over a contract's {@link Shape}. The built-in contracts carry theirs; documents of your own have the
 * general one, unless you say more: `load<MyShape>(documents)`.
 */

/** What a contract's requests and outcomes look like. */
export interface Shape {
  /** An id. */
  id: string | number | bigint;
  /** The arguments that say where the items are: the container, and what stands in the path. */
  where: object;
  /** The other arguments. */
  options: object;
  /** The request body. */
  body: unknown;
  /** The names of outcomes, and of answers that refuse a whole request. */
  code: string;
}

/** Any contract: nothing is known of it before it is loaded. */
export interface AnyShape extends Shape {
  where: Record<string, unknown>;
  options: Record<string, unknown>;
}

/** A contract's documents: what was read as JSON, or the text of the files. Checked when they are loaded. */
export interface Documents<S extends Shape = AnyShape> {
  readonly name?: string;
  readonly openapi: unknown;
  readonly policy: unknown;
  /** Only for the compiler: the shape that the documents describe. */
  readonly "~shape"?: S;
}

/** Something that is wrong with a document. */
export interface Problem {
  /** The document, by the name of its file: `policy.json`. */
  readonly document: string;
  /** JSON Pointer to the place; empty for the whole document. */
  readonly pointer: string;
  /** What is wrong and what to do about it. */
  readonly message: string;
}

/** Something that is wrong with a request. */
export interface Violation {
  /** JSON Pointer into the request: `/body/ids/3`, `/query/ids/0`, `/path/spaceId`, `/header/content-type`. */
  readonly pointer: string;
  /** The same place, part by part; places in lists are numbers. */
  readonly path: readonly (string | number)[];
  /**
   * The rule that is broken: a keyword of JSON Schema (`maxItems`), or one of `json`, `body`, `depth`, `duplicate-property`,
   * `duplicate-parameter`, `content-type`, `encoding`; and of JavaScript values `not-json`, `unsafe-integer` (it is rounded beyond
   * 2^53), `unsendable` (it would arrive as something else).
   */
  readonly rule: string;
  /** What is wrong, in plain English, without its subject: `must have at most 50 items, has 51`. */
  readonly message: string;
  /** What the rule allows. */
  readonly limit?: string;
  /** What the request has instead. */
  readonly actual?: string;
  /** The property or parameter that the rule is about. */
  readonly property?: string;
}

/** Messages in your own words, by rule: a text, or a function of the violation (whose message is still ours, and stays where it gives none). */
export type Messages = Readonly<Record<string, string | ((violation: Violation) => string | undefined)>>;

/** Bytes in memory of their own, as `fetch` takes them: `Uint8Array<ArrayBuffer>`, a name that TypeScript has since 5.7. */
export type Bytes = ReturnType<Uint8Array["slice"]>;

/** A request that was checked and not yet sent. It does not change. */
export interface Call<S extends Shape = AnyShape> {
  /** What is wrong with it; empty where it is valid. */
  readonly violations: readonly Violation[];
  /** The ids that it names, each once, in their order. */
  readonly ids: readonly S["id"][];
  /** The request, for `fetch` and whatever else sends it. `baseUrl` stands before the path. */
  toRequest(baseUrl?: string | URL): {
    method: string;
    url: string;
    headers: Record<string, string>;
    /** Left out where there is none. */
    body?: string | Bytes;
  };
}

/** A request as somebody else made it. Without headers, the contract's media type is taken to be sent. */
export interface RawRequest {
  /** Percent-encoded, without its query. Left out, the body alone matters. */
  path?: string;
  query?: string | URLSearchParams;
  headers?: Headers | Readonly<Record<string, string>> | Iterable<readonly [string, string]>;
  /** The body as a value; or its text; or its bytes. */
  body?: unknown;
  text?: string;
  bytes?: Uint8Array | ArrayBuffer;
}

/** Whether the same may be tried again: as it is, after something else was changed, or in vain. */
export type Retry = "now" | "after-change" | "never";

/** A fact that is missing. */
export interface Need {
  readonly fact: string;
  readonly of: "caller" | "container" | "item";
}

/** What is foretold. */
export type Verdict<Code extends string = string> =
  | { readonly verdict: "allow" }
  | {
      readonly verdict: "deny";
      /** The name of the outcome, or of the answer that refuses the whole request: stable, for logic and translation. */
      readonly code: Code;
      /** The contract's own words. */
      readonly reason?: string;
      /**
       * The check that is not passed, or the first of several that come to the same; left out for an item beside the one because
       * of which all are refused.
       */
      readonly check?: string;
      /** The sentence of the API's document that states the rule, where the contract quotes one. */
      readonly document?: string;
      readonly retry: Retry;
    }
  | {
      readonly verdict: "unknown";
      /** The facts that would decide it. */
      readonly needs: readonly Need[];
      /** What is still possible; `"done"` for a request that is carried out. */
      readonly possible: readonly (Code | "done")[];
    };

/** What is known of a caller. What is left out is not known; `null` is nobody. */
export interface CallerFacts {
  /** Compared with an item's `owner`. */
  readonly id?: unknown;
  /** Whether the credentials hold; or why not: `missing`, `malformed`, `token`, `expired`, `unknown-key`, `signature`, `skew`. */
  readonly authenticated?: boolean | "missing" | "malformed" | "token" | "expired" | "unknown-key" | "signature" | "skew";
  /** All scopes of the credentials. */
  readonly scopes?: readonly string[];
  /** All roles in the container. */
  readonly roles?: readonly string[];
  /** All permissions in the container. */
  readonly permissions?: readonly string[];
  readonly containerExists?: boolean;
  /** Whether the caller has anything to do with the container. */
  readonly containerAccessible?: boolean;
}

/** What is known of an item. What is left out is not known. */
export interface ItemFacts {
  /** `true` if it is left out: who knows something of an item knows that it is there. */
  readonly exists?: boolean;
  /** Whether the caller can see it. */
  readonly accessible?: boolean;
  /** Whose it is, compared with the caller's `id`; `null` for nobody's, an object is not known. Or `owned`: whether it is the caller's. */
  readonly owner?: unknown;
  readonly owned?: boolean;
  /** All permissions of the caller on it. */
  readonly permissions?: readonly string[];
  readonly state?: string | null;
  /** All its attributes. */
  readonly attributes?: object;
  /** Why it cannot be deleted; `null` if nothing stands against it. */
  readonly fail?: string | null;
}

/** What a forecast is made from. */
export interface Knowledge<S extends Shape = AnyShape> {
  readonly caller?: CallerFacts | null;
  /** Asked once for each id: `null` does not exist, `undefined` is not known. Must not wait. */
  readonly facts?: (id: S["id"]) => ItemFacts | null | undefined;
}

/** What is foretold of a request and of each id in it. */
export interface Forecast<S extends Shape = AnyShape> {
  /** Of the whole request. */
  readonly request: Verdict<S["code"]>;
  /** Of each id, in the order of the request. */
  readonly items: readonly ({ readonly id: S["id"] } & Verdict<S["code"]>)[];
  /** What a dialog says. */
  readonly summary: {
    readonly total: number;
    readonly allow: number;
    readonly deny: number;
    readonly unknown: number;
    readonly reasons: readonly { readonly code: S["code"]; readonly reason?: string; readonly count: number }[];
    /** In one or two sentences. */
    readonly text: string;
  };
  get(id: S["id"]): ({ readonly id: S["id"] } & Verdict<S["code"]>) | undefined;
}

/** What became of an id. */
export interface ItemReport<S extends Shape = AnyShape> {
  readonly id: S["id"];
  readonly outcome: "deleted" | "accepted" | "not-found" | "failed" | "not-sent" | "unknown";
  /** Whether it is gone: what a table needs. `null` where nobody knows. */
  readonly gone: boolean | null;
  /** Whether the answer said so of this id, or it follows from what was said. */
  readonly evidence: "stated" | "inferred";
  /** The name of the outcome, or of the answer that refused the request; left out where it could be several. */
  readonly code?: S["code"];
  /** The answer's own words. */
  readonly reason?: string;
  readonly retry: Retry;
  /** The operation that deletes it. */
  readonly operation?: string;
}

/** What became of a request. It can be kept as JSON, in which an id that is a BigInt is text: whatever takes a report takes it back as it was. */
export interface Report<S extends Shape = AnyShape> {
  /** Each id, in the order of the request. */
  readonly items: readonly ItemReport<S>[];
  readonly summary: {
    readonly total: number;
    readonly deleted: number;
    readonly accepted: number;
    readonly notFound: number;
    readonly failed: number;
    readonly notSent: number;
    readonly unknown: number;
    /** In one sentence. */
    readonly text: string;
  };
  /** The operations by which items are deleted, also those that have ended. */
  readonly operations: readonly { readonly operation: string; readonly id: S["id"] }[];
  /** What went wrong beside deletions that happened. */
  readonly warnings: readonly string[];
  /** What in the answer does not add up. */
  readonly contradictions: readonly string[];
  /** The name of the answer in the policy; `null` where the contract has none like it. */
  readonly answer: string | null;
  /** For how many seconds the server wants to be left alone; `null` where it did not say. */
  readonly wait: number | null;
  get(id: S["id"]): ItemReport<S> | undefined;
}

/** Why sending ended. */
export type Ended = "complete" | "aborted" | "unauthorized" | "rate-limited" | "network";

/** The report of what was sent. */
export interface SubmitReport<S extends Shape = AnyShape> extends Report<S> {
  readonly ended: Ended;
}

/** How a request is sent. */
export interface SubmitOptions<S extends Shape = AnyShape> {
  /** What stands before the contract's path. */
  baseUrl?: string | URL;
  /** Instead of the platform's own. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Headers beside the contract's; a function is asked before each attempt. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /** How many requests at once; 1 if nothing is said. */
  concurrency?: number;
  /** How many ids in one request, if fewer than the contract allows. */
  size?: number;
  signal?: AbortSignal;
  /** Told after each request that was answered. */
  onProgress?: (progress: { readonly done: number; readonly total: number; readonly report: Report<S> }) => void;
  /** How often a request is repeated after 429 and 5xx; 2 if nothing is said. */
  retries?: number;
  /** Milliseconds before the attempt after this one (from 1), where the server does not say. */
  backoff?: (attempt: number) => number;
}

/** How accepted operations are followed. */
export interface TrackOptions<S extends Shape = AnyShape> {
  /** What stands before the path at which the contract says that operations are asked for. */
  baseUrl?: string | URL;
  /** Instead of the platform's own. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Headers of each request; a function is asked before each. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /** The call that the report is of, where the report was stored in between or comes from somebody else. */
  call?: Call<S>;
  /**
   * How an operation goes, for contracts that do not say where that is asked, and for those who know it otherwise: then nothing is
   * requested. Where it throws, it is asked again.
   */
  status?: (operation: string, id: S["id"]) => OperationStatus | Promise<OperationStatus>;
  /** Milliseconds between two looks; 1,000 if nothing is said. */
  interval?: number;
  signal?: AbortSignal;
  onProgress?: (report: Report<S>) => void;
}

/** How an operation goes. */
export type OperationStatus = "running" | "succeeded" | { readonly failed: string };

/** A contract that was loaded. */
export interface Contract<S extends Shape = AnyShape> {
  readonly name: string;
  /** How many ids one request may name; `null` where the contract does not say. */
  readonly most: number | null;
  /**
   * Builds a request from the contract's own parameters and `ids`.
   *
   * @throws {TypeError} for an argument that the contract does not have
   */
  call(given: S["where"] & S["options"] & { readonly ids: readonly S["id"][] }): Call<S>;
  /**
   * Reads a request that somebody else made. Text and bytes are checked as they are read.
   *
   * @throws {TypeError} for an argument of the wrong kind, and a path that is not the contract's
   */
  parse(request: RawRequest): Call<S>;
  /**
   * What is wrong with a request that somebody else made; empty where it is valid. It is what `parse` finds, in the same order, but nothing is
   * kept: bytes are not copied, which for large ones takes longer than checking them.
   *
   * @throws {TypeError} as `parse` does
   */
  validate(request: RawRequest): readonly Violation[];
  /** Foretells what becomes of each id. With all facts it is what the server will say; with fewer it is that, or unknown. */
  forecast(call: Call<S>, knowledge?: Knowledge<S>): Forecast<S>;
  /** Reads an answer, of whatever kind. */
  interpret(
    call: Call<S>,
    response: {
      readonly status: number;
      readonly headers?: Headers | Readonly<Record<string, string>>;
      /** Text, bytes, or a value that was read as JSON. */
      readonly body?: unknown;
      readonly text?: string;
    },
  ): Report<S>;
  /** Reads a response to its end, and says what it means. */
  read(call: Call<S>, response: Response): Promise<Report<S>>;
  /** The call in parts of as many ids as the contract allows. */
  batches(call: Call<S>, options?: { size?: number }): Call<S>[];
  /** The call again, for those of its ids that may be tried again now, or also after a change; `null` for none. */
  retry(call: Call<S>, report: Report<S>, options?: { when?: "now" | "after-change" }): Call<S> | null;
  /** One report of several, the later ones the newer. */
  merge(...reports: Report<S>[]): Report<S>;
  /**
   * Sends the call, in parts where it must, and resolves with what became of each id, whatever happens.
   *
   * @throws {InvalidCallError} before anything is sent, if the call breaks the contract
   */
  submit(call: Call<S>, options?: SubmitOptions<S>): Promise<SubmitReport<S>>;
  /**
   * Follows accepted operations to their end, by the contract's own list of operations or by `status`. What nobody answers is asked
   * again. Where the server refuses to tell, or knows nothing of an operation any more, that stays `accepted`, and a warning says so.
   *
   * @throws {TypeError} without `status`, where the contract does not say where operations are asked for
   */
  track(report: Report<S>, options?: TrackOptions<S>): Promise<Report<S>>;
  /** Settles what is unknown or under way, from all ids that are still there. */
  settle(report: Report<S>, listedIds: Iterable<S["id"]>): Report<S>;
  /** The request body as a Standard Schema. */
  readonly body: StandardSchema<S["body"]>;
}

/** Standard Schema, version 1 (https://standardschema.dev): the part that is used here. */
export interface StandardSchema<Body> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "bulk-delete";
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: Body; readonly issues?: undefined }
      | { readonly issues: readonly { readonly message: string; readonly path: readonly PropertyKey[] }[] };
    readonly types?: { readonly input: Body; readonly output: Body };
  };
}

/**
 * Loads a contract.
 *
 * @throws {ContractError} with everything that is wrong with the documents
 * @throws {EngineError} where WebAssembly cannot run
 */
export function load<S extends Shape = AnyShape>(
  documents: Documents<S>,
  options?: { messages?: Messages },
): Promise<Contract<S>>;

/** Takes this module instead of loading one: for platforms that give modules ready-made. */
export function useModule(source: WebAssembly.Module | Response | Uint8Array | ArrayBuffer): void;

/** Facts of what was listed to the caller: it exists and is accessible. Of other ids nothing is known. */
export function listed<Row extends object>(
  rows: Iterable<Row>,
  idOf?: (row: Row) => unknown,
): (id: unknown) => (Row & { accessible: boolean }) | undefined;

/** The documents are no contract. */
export class ContractError extends Error {
  readonly name: "ContractError";
  readonly problems: readonly Problem[];
}

/** The engine cannot run here. Deleting still works, without a forecast. */
export class EngineError extends Error {
  readonly name: "EngineError";
}

/** The request breaks its contract, so that nothing was sent. */
export class InvalidCallError extends Error {
  readonly name: "InvalidCallError";
  readonly violations: readonly Violation[];
}
