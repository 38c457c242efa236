/** Fixtures for Playwright: a running mock, in which each worker has a session of its own. */

// @ts-ignore: an optional peer; what it brings is typed in playwright.d.ts
import { expect as plain, test as base } from "@playwright/test";
import { RemoteMock, startServer } from "../server/index.js";
import { matchers } from "./matchers.js";

export const test = base.extend({
  /** Where a mock runs already; otherwise each worker starts one. */
  mockUrl: [process.env.BULK_DELETE_MOCK_URL, { option: true, scope: "worker" }],

  /** How a server is started, where none runs. */
  mockServer: [{}, { option: true, scope: "worker" }],

  /** The worker's session. Its `url` is an address of its own, so that neither pages nor clients have to name it. */
  workerMock: [
    async (/** @type {any} */ { mockUrl, mockServer }, /** @type {any} */ use, /** @type {any} */ { workerIndex }) => {
      const started = mockUrl ? undefined : await startServer(mockServer);
      try {
        const server = started ?? new RemoteMock(mockUrl);
        const session = await server.begin(`worker-${workerIndex}-${process.pid}`);
        await use(session);
        await session.end();
      } finally {
        await started?.stop();
      }
    },
    { scope: "worker" },
  ],

  /** The same, as it began, for each test. */
  mock: async (/** @type {any} */ { workerMock }, /** @type {any} */ use) => {
    await workerMock.reset();
    await use(workerMock);
  },
});

export const expect = plain.extend(matchers);
