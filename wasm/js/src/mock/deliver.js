/** How an answer reaches a client where a fault wants that otherwise than at once and whole. */

/**
 * The pieces of a body, each after its pause. Throws where it is broken off.
 *
 * @param {import("./host.js").Answer} answer
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, void>}
 */
export async function* pieces({ body, delivery }) {
  const whole = /** @type {Uint8Array<ArrayBuffer>} */ (body);
  if (delivery?.sending === "cut") {
    if (delivery.parts > 0) yield whole.subarray(0, delivery.parts);
    throw new TypeError("the connection was ended in the middle of the body");
  }
  const size = Math.max(1, Math.ceil(body.length / Math.max(1, delivery?.parts ?? 1)));
  for (let at = 0; at < body.length; at += size) {
    if (at > 0) await wait(delivery?.pause ?? 0);
    yield whole.subarray(at, at + size);
  }
}

/** Whether the body comes otherwise than at once. @param {import("./host.js").Answer} answer */
export function isPieced({ delivery }) {
  return delivery !== undefined && (delivery.sending === "cut" || delivery.sending === "slow");
}

/** A body in pieces as a stream. @param {import("./host.js").Answer} answer */
export function stream(answer) {
  const rest = pieces(answer);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await rest.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await rest.return();
    },
  });
}

/** @param {number} milliseconds @param {AbortSignal} [signal] @returns {Promise<void>} */
function wait(milliseconds, signal) {
  return new Promise((resolve, reject) => {
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
  signal?.throwIfAborted();
}
