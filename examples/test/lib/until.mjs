/** Waiting for what happens elsewhere. */

/** How long, in milliseconds: longer than any page takes, even on a busy machine. */
const PATIENCE = 20_000;

/**
 * @param {() => boolean | Promise<boolean>} happened
 * @param {() => string} otherwise what to say if it does not
 */
export async function until(happened, otherwise) {
  const end = performance.now() + PATIENCE;
  while (!(await happened())) {
    if (performance.now() > end) throw new Error(otherwise());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
