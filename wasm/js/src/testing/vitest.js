/** For Vitest: matchers, and mocks that begin anew with each test and end with the file. Importing it sets the matchers up. */

// @ts-ignore: an optional peer; what it brings is typed in vitest.d.ts
import { afterAll, beforeEach, expect } from "vitest";
import { createMock } from "../mock/node.js";
import { RemoteMock, startServer } from "../server/index.js";
import { matchers } from "./matchers.js";

expect.extend(matchers);

/**
 * A mock in this process, as it began for each test of the file.
 *
 * @param {any} options those of `createMock`
 */
export async function useMock(options) {
  const mock = await createMock(options);
  beforeEach(() => mock.reset());
  return mock;
}

/**
 * A session of its own for this file: on the server at `url` or BULK_DELETE_MOCK_URL, or on one that is started for it.
 *
 * @param {{ url?: string | undefined } & Parameters<typeof startServer>[0]} [options]
 */
export async function useServer({ url = process.env.BULK_DELETE_MOCK_URL, ...options } = {}) {
  const started = url ? undefined : await startServer(options);
  const session = await (started ?? new RemoteMock(/** @type {string} */ (url))).begin();
  beforeEach(() => session.reset());
  afterAll(async () => {
    await session.end();
    await started?.stop();
  });
  return session;
}
