/** For Vitest: matchers, and mocks that begin anew with each test and end with the file. Importing it sets the matchers up. */

import "vitest";
import type { Mock, MockOptions } from "./mock.js";
import type { RemoteMock, ServerOptions } from "./server.js";

declare module "vitest" {
  interface Matchers<T = any> {
    /** Whether exactly these were deleted since the beginning, in any order. Must be awaited where the mock is behind a URL. */
    toHaveDeleted(ids: readonly (string | number | bigint)[], where?: { contract?: string }): T;
  }
}

/** A mock in this process, as it began for each test of the file. */
export declare function useMock(options: MockOptions): Promise<Mock>;

/** A session of its own for this file: on the server at `url` or `BULK_DELETE_MOCK_URL`, or on one that is started for it. */
export declare function useServer(options?: ServerOptions & { url?: string }): Promise<RemoteMock>;
