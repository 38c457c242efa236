/** What may be chosen beside documents and clock, for a mock in a test as for one that is served. */

import { show } from "../errors.js";

/** As the binary has them. */
export const DEFAULTS = Object.freeze({
  requireSession: false,
  sessionIdle: 3_600,
  maxSessions: 20_000,
  journal: 1_000,
  journalBytes: 1 << 20,
  journalTotalBytes: 8 << 20,
  journalBody: 2 << 10,
});
/** What crosses the module's boundary. */
const MOST = 0xffffffff;

/** @typedef {{ -readonly [Name in keyof typeof DEFAULTS]: (typeof DEFAULTS)[Name] extends boolean ? boolean : number }} Settings */

/** @param {Record<string, unknown>} options @returns {Settings} */
export function settingsOf(options) {
  /** @type {any} */
  const settings = { ...DEFAULTS };
  for (const [name, usual] of Object.entries(DEFAULTS)) {
    const given = options[name];
    if (given === undefined) continue;
    const isGood = typeof usual === "boolean" ? typeof given === "boolean" : Number.isInteger(given) && Number(given) >= 0 && Number(given) <= MOST;
    if (!isGood) throw new TypeError(`${name}: it must be ${typeof usual === "boolean" ? "true or false" : "a whole number from 0"}, and is ${show(given)}`);
    settings[name] = given;
  }
  return settings;
}
