/// <reference lib="esnext.disposable" />

/**
 * The whole mock in JavaScript: the documented paths and the control API, with the state, callers and decisions of
 * `bulk-delete-mock serve`, whose code it is.
 */

import type { ContractError, EngineError, Problem } from "./index.js";

export { ContractError, EngineError };

/** A contract's documents for the mock: what was read as JSON, or the text of the files. Checked when a mock is made. */
export interface MockContract {
  /** Needed where there are several. */
  readonly name?: string;
  readonly openapi: unknown;
  readonly policy: unknown;
  /** Who and what exists at the start. */
  readonly world?: unknown;
  /** The exchange that is shown when a server starts. */
  readonly start?: unknown;
  /** Named starting points, by their names, in the format of `scenario.schema.json`. */
  readonly scenarios?: Readonly<Record<string, unknown>>;
}

export interface MockOptions {
  /** What is answered: `bulk-delete/mock/contracts/…`, `bulk-delete/contracts/…` (which stand for the former, and load them), or documents of your own. */
  contracts: readonly MockContract[];
  /** Takes the place of the contracts' own worlds, and of their scenarios. */
  world?: unknown;
  /** The named starting point that every session begins with, and that a reset goes back to. Rejects with a TypeError where there is none. */
  scenario?: string;
  /**
   * `"real"` (the default) is `Date.now()`, asked at each call; `"frozen"` stands still from the start, and a time stands still
   * there, until {@link Mock.clock} moves it; a function gives milliseconds since 1970.
   */
  clock?: "real" | "frozen" | Date | (string & {}) | (() => number);
  /** 32 bytes: the same give the same ids and tokens. By default nobody can foresee them. */
  seed?: Uint8Array;
  /** Answers 400 to requests that name no session, by `X-Mock-Session`, a host `NAME.localhost` or a token of it. */
  requireSession?: boolean;
  /** After how many seconds without a request a session is forgotten, by `performance.now()`. 3,600 without it. */
  sessionIdle?: number;
  /** How many sessions there may be. 20,000 without it. */
  maxSessions?: number;
  /** How many requests the journal keeps of a session; 0 keeps none. 1,000 without it. */
  journal?: number;
  /** How many bytes the journal of a session has. 1 MiB without it. */
  journalBytes?: number;
  /** How many bytes the journals of all sessions have together. 8 MiB without it. */
  journalTotalBytes?: number;
  /** How many bytes of a body the journal keeps. 2 KiB without it. */
  journalBody?: number;
  /** The module, where the platform gives it ready-made, from `bulk-delete/mock.wasm`. */
  module?: WebAssembly.Module | Response | Uint8Array | ArrayBuffer;
}

/** A row of a list of changes: what it is by its kind and id, and what else is told of it. */
export interface Change {
  readonly kind: string;
  /** BigInt where JavaScript would round it. */
  readonly id: string | number | bigint;
  readonly [more: string]: unknown;
}

/** What happened to the world since the beginning. */
export interface Changes {
  readonly deleted: readonly Change[];
  readonly orphaned: readonly Change[];
  readonly [list: string]: readonly Change[];
}

/** One item that was decided. */
export interface AuditEntry {
  readonly time: string;
  readonly contract: string;
  readonly caller: string | null;
  readonly item: string | number | bigint;
  readonly outcome: string;
  readonly [more: string]: unknown;
}

/** Something that is to go wrong, by its number. */
export interface Fault {
  readonly number: number;
  /** How often it has struck. */
  readonly struck: number;
  readonly [more: string]: unknown;
}

/** A request and its answer, by its number. */
export interface JournalEntry {
  readonly number: number;
  readonly [more: string]: unknown;
}

/** A deletion on its way. */
export interface Operation {
  readonly id: string;
  readonly contract: string;
  readonly kind: string;
  readonly item: string | number | bigint;
  readonly state: string;
  readonly percent: number;
  readonly [more: string]: unknown;
}

/** The mock refused a call of its control API, and nothing has changed. */
export declare class MockError extends Error {
  readonly name: "MockError";
  readonly status: number;
  /** Everything that is wrong, where a document is. */
  readonly problems: readonly Problem[];
}

/** The requests of this page cannot be answered by the mock, and go where they went before. The message says why. */
export declare class InterceptError extends Error {
  readonly name: "InterceptError";
}

/** A request that an interception was asked about and does not answer. */
export interface Unhandled {
  readonly method: string;
  readonly url: string;
  /** A contract has the path, but the origin was not given; or the origin was given, and no contract has the path. */
  readonly why: "other-origin" | "no-route";
  readonly message: string;
}

export interface InterceptOptions {
  /** Whose requests are answered. By default those to any origin that find a contract, so that nothing is deleted for real. */
  origins?: readonly (string | URL)[];
  /**
   * What becomes of requests to these origins that no contract has, and of requests to others that one has: they go to the network
   * with a warning (the default) or without, they fail, or they are told to a function and go to the network unless it throws.
   */
  onUnhandled?: "bypass" | "warn" | "error" | ((unhandled: Unhandled) => void);
  /** In a page: where the host serves `bulk-delete/mock/worker`. By default `/bulk-delete-mock-worker.js`. */
  worker?: string | URL;
  /** In a page: the scope of the service worker; it must hold the page. By default the page's folder. */
  scope?: string | URL;
}

/** That requests are answered by a mock. */
export interface Interception {
  /** What it does not see, in a sentence each. */
  readonly unseen: readonly string[];
  /** Puts everything back. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** One mock: its own world, clock and tokens. Two of them share nothing. */
export interface Mock {
  /** Answers every request, as the server does: also those that find nothing. */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /** Answers a request to a contract or the control API; `undefined` for any other, of which nothing is read. */
  answer(request: Request): Promise<Response | undefined>;
  /** Whether a request would find a contract or the control API. */
  serves(request: { readonly method: string; readonly url: string }): boolean;
  /** Who and what exists, in the format of `world.json`. A world that breaks it is refused whole, with a {@link MockError}. */
  readonly world: {
    /** As it is now; of one contract, where it is named. */
    read(contract?: string): any;
    /** Takes the place of the world, or of a contract's part of it. What is there then is what `changes` begins with. */
    replace(world: unknown, contract?: string): void;
    /** Adds to it. */
    patch(world: unknown): void;
    /** Back to the seed. */
    reset(contract?: string): void;
  };
  /** The mock's time: when it moves, tokens expire and operations advance. */
  readonly clock: {
    now(): Date;
    /** In seconds. */
    advance(seconds: number): Date;
    set(now: Date | string): Date;
  };
  /** Asynchronous deletions. */
  readonly operations: {
    list(contract?: string): readonly Operation[];
    succeed(id: string): Operation;
    /** It fails, and its item is back. */
    fail(id: string, reason?: string): Operation;
  };
  /**
   * What is to go wrong, in the format of `fault.schema.json`: latency, statuses, connections that end, bodies that are cut, malformed or
   * slow. `fetch` rejects where a connection ends without an answer; `answer` gives a `Response.error()` then.
   */
  readonly faults: {
    list(): readonly Fault[];
    add(faults: object): readonly Fault[];
    clear(): void;
  };
  /** Named starting points of the contracts. */
  readonly scenarios: {
    list(): readonly { readonly name: string; readonly description: string; readonly states: readonly string[]; readonly contracts: readonly string[] }[];
    /** The world begins there; a reset puts it back to where the mock began. */
    begin(name: string): void;
  };
  /** What was asked and answered, with what was decided of each item. It is bounded, and secrets are masked. */
  readonly journal: {
    /** Narrowed by `contract`, `operation`, `method`, `path`, `caller`, `status`, `id`, `since` (a number of an entry) and `limit`. */
    entries(filters?: Readonly<Record<string, string | number>>): readonly JournalEntry[];
    /** Holds the requests against an expectation, in the format of `verification.schema.json`. Throws a {@link MockError} that tells the difference. */
    verify(expected: object): { readonly matched: number; readonly matching: readonly number[] };
    clear(): void;
  };
  /** What was deleted, orphaned and changed since the beginning: what a test asserts. */
  changes(contract?: string): Changes;
  /** Who deleted what, when, and what came of it. */
  audit(contract?: string): readonly AuditEntry[];
  /** What is served, and how much of it there is. */
  contracts(): readonly { readonly name: string; readonly [more: string]: unknown }[];
  /** A token for a caller of the world, which the contract's first token credential accepts. It outlives a reset. */
  token(wish: { caller: string; contract: string; scopes?: readonly string[]; /** In seconds. */ expiresIn?: number }): string;
  /** Everything back to the start. */
  reset(): void;
  /**
   * Has requests answered here until it is stopped: in Node those that `fetch` sends, in a page all that the page and its workers
   * send, by a service worker that asks this page. Rejects with an {@link InterceptError} where that cannot be.
   */
  intercept(options?: InterceptOptions): Promise<Interception>;
  /** A call of the control API, by what stands behind `/__mock/`: `control("GET", "health")`. Throws for no answer. */
  control(method: string, call: string, body?: unknown): { readonly status: number; readonly body: any };
}

/** Makes a mock. Rejects with a {@link ContractError} that tells everything that is wrong with the documents. */
export declare function createMock(options: MockOptions): Promise<Mock>;
