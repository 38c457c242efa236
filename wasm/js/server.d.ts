/// <reference lib="esnext.disposable" />

/** The program `bulk-delete-mock`, started and stopped from Node. */

import type { AuditEntry, Changes, MockError } from "./mock.js";

export { MockError };

/** A mock behind a URL: a running server, or one session of it. Rejects with a {@link MockError} for what the mock refuses. */
export declare class RemoteMock {
  /** A server that runs at this URL. */
  constructor(url: string);
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  /** The session's name; `undefined` for the world that all share. */
  readonly session: string | undefined;
  /** Tokens of the session's callers. */
  readonly tokens: Readonly<Record<string, any>>;
  /** Begins a session on this server: a world of its own, at an address of its own. */
  begin(name?: string): Promise<RemoteMock>;
  /** Ends this session. */
  end(): Promise<void>;
  /** Who and what exists, in the format of `world.json`. */
  readonly world: {
    read(contract?: string): Promise<any>;
    replace(world: unknown, contract?: string): Promise<void>;
    patch(world: unknown): Promise<void>;
    reset(contract?: string): Promise<void>;
  };
  readonly clock: {
    now(): Promise<Date>;
    /** In seconds. */
    advance(seconds: number): Promise<Date>;
  };
  /** What was deleted, orphaned and changed since the beginning. */
  changes(contract?: string): Promise<Changes>;
  /** Who deleted what, when, and what came of it. */
  audit(contract?: string): Promise<readonly AuditEntry[]>;
  /** Everything back to the start. */
  reset(): Promise<void>;
  /** A token for a caller of the world. */
  token(wish: { caller: string; contract: string; scopes?: readonly string[]; /** In seconds. */ expiresIn?: number }): Promise<string>;
  /** A call of the control API, by what stands behind `/__mock/`. */
  control(method: string, call: string, body?: unknown): Promise<{ readonly status: number; readonly body: any }>;
}

/** A server that was started here. */
export declare class Server extends RemoteMock {
  private constructor();
  /** The names of what is served. */
  readonly contracts: readonly string[];
  readonly pid: number | undefined;
  /** Ends it, and waits until it has ended. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ServerOptions {
  /** Where the program is; otherwise {@link findProgram} looks for it. */
  program?: string;
  /** 0, the default, takes a free one. */
  port?: number;
  /** Contract folders, beside those that are built in. */
  contracts?: readonly string[];
  /** Serves only these. */
  only?: boolean;
  /** A file that takes the place of the worlds of all contracts. */
  world?: string;
  clock?: "real" | "frozen";
  /** Refuses requests that name no session. */
  requireSession?: boolean;
  /** Further arguments of `bulk-delete-mock serve`. */
  args?: readonly string[];
}

/** Starts a server, and resolves when it answers. It ends with this process at the latest. */
export declare function startServer(options?: ServerOptions): Promise<Server>;

/** Where the program is: what `BULK_DELETE_MOCK` names, one on the `PATH`, or one that Cargo built here or above. */
export declare function findProgram(env?: Readonly<Record<string, string | undefined>>, from?: string): string;
