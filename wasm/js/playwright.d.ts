/** Fixtures for Playwright: a running mock, in which each worker has a session of its own. */

import type { Expect, PlaywrightTestArgs, PlaywrightTestOptions, PlaywrightWorkerArgs, PlaywrightWorkerOptions, TestType } from "@playwright/test";
import type { RemoteMock, ServerOptions } from "./server.js";

export interface MockFixtures {
  /** The worker's session, as it began. Its `url` is an address of its own. */
  mock: RemoteMock;
}

export interface MockWorkerFixtures {
  /** Where a mock runs already: `BULK_DELETE_MOCK_URL` unless it is set. Without one, each worker starts a server. */
  mockUrl: string | undefined;
  /** How a server is started, where none runs. */
  mockServer: ServerOptions;
  /** The worker's session, as the tests before left it. */
  workerMock: RemoteMock;
}

export declare const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & MockFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & MockWorkerFixtures
>;

export declare const expect: Expect<{
  /** Whether exactly these were deleted since the beginning, in any order. */
  toHaveDeleted(mock: RemoteMock, ids: readonly (string | number | bigint)[], where?: { contract?: string }): Promise<{ pass: boolean; message: () => string }>;
}>;
