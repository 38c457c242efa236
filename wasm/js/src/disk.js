/** A module read from where it lies in the package. Node only. */

import { readFile } from "node:fs/promises";
import { LEFT_OUT, why } from "./errors.js";

/**
 * Reads a file that lies beside the script. A bundler that puts the script into another file leaves it behind, and the address may
 * not even be one then: it is made in here.
 *
 * @param {() => URL} address
 */
export async function fromDisk(address) {
  try {
    return await readFile(address());
  } catch (cause) {
    throw new Error(`${why(cause)}. ${LEFT_OUT}`, { cause });
  }
}
