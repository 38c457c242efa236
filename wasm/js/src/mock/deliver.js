/** How an answer reaches a client where a fault wants that otherwise than at once and whole. */

/**
 * The pieces of a body, each after its pause. Throws where it is broken off, and where the client gives up.
 *
 * @param {import("./host.js").Answer} answer
 * @param {AbortSignal} [signal]
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, void>}
 */
export async function* pieces({ body, delivery }, signal) {
  const whole = /** @type {Uint8Array<ArrayBuffer>} */ (body);
  if (delivery?.sending === "cut") {
    if (delivery.parts > 0) yield whole.subarray(0, delivery.parts);
    throw new TypeError("the connection was ended in the middle of the body");
  }
  const size = Math.max(1, Math.ceil(body.length / Math.max(1, delivery?.parts ?? 1)));
  for (let at = 0; at < body.length; at += size) {
    if (at > 0) await wait(delivery?.pause ?? 0, signal);
    yield whole.subarray(at, at + size);
  }
}

/** Whether the body comes otherwise than at once. @param {import("./host.js").Answer} answer */
export function isPieced({ delivery }) {
  return delivery !== undefined && (delivery.sending === "cut" || delivery.sending === "slow");
}

/**
 * A body in pieces as a stream. It ends with the reason of the signal, and nobody waits for what is not read any more.
 *
 * @param {import("./host.js").Answer} answer
 * @param {AbortSignal} [signal]
 */
export function stream(answer, signal) {
  const over = new AbortController();
  // Which also takes this listener away from the signal.
  signal?.addEventListener("abort", () => over.abort(signal.reason), { signal: over.signal });
  const rest = pieces(answer, over.signal);
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await rest.next();
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (cause) {
        controller.error(cause);
      }
      over.abort();
    },
    cancel() {
      over.abort();
    },
  });
}

/** @param {number} milliseconds @param {AbortSignal} [signal] @returns {Promise<void>} */
function wait(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", end, { once: true });
  });
}

/** Waits as long as an answer is late. Rejects when the client gives up. @param {import("./host.js").Answer} answer @param {AbortSignal} [signal] */
export async function late({ delivery }, signal) {
  if (delivery === undefined || delivery.delay === 0) return;
  await wait(delivery.delay, signal);
}
