/** MSW in a page, by its service worker. */

import { bulkDelete } from "./msw-handlers.mjs";

export async function prepare() {
  await new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: "/msw/index.js", onload: resolve, onerror: reject });
    document.head.append(script);
  });
  const { MockServiceWorker } = globalThis;
  await MockServiceWorker.setupWorker(...bulkDelete(MockServiceWorker, location.origin)).start({ quiet: true });
  return (url, init) => fetch(url, init);
}
