/** What a report says, held against the world as it is. Written from the declarations of the package and `world.json` alone. */

import { World, equal } from "./world.js";

/** Outcomes, and what the summary calls them. */
const SUMS = { deleted: "deleted", accepted: "accepted", "not-found": "notFound", failed: "failed", "not-sent": "notSent", unknown: "unknown" };

/** Checks of an item by which it does not exist for a caller. @type {Record<string, (facts: any, caller: string) => boolean>} */
const PASSED = {
  exists: () => true,
  accessible: ({ accessible }) => accessible,
  owned: ({ owner }, caller) => owner === caller,
};

/** What a caller may know of a mock's world, asked anew each time. */
export class Truth {
  /** @param {any} mock @param {string} name @param {any} policy @param {string} caller @param {string | undefined} container */
  constructor(mock, name, policy, caller, container) {
    Object.assign(this, { mock, name, policy, caller, container });
    this.compare = policy.ids.compare;
    /** What was there when it began. */
    this.first = this.#look();
    /** What somebody else has deleted. @type {unknown[]} */
    this.taken = [];
    /** What somebody else is deleting. @type {unknown[]} */
    this.wanted = [];
  }

  #look() {
    const world = new World(this.mock.world.read(this.name), this.policy);
    const who = world.callers.find(({ id }) => id === this.caller) ?? null;
    const { facts, container } = world.knowledge(who, undefined, this.container);
    return { world, facts, container };
  }

  /** Whether it is there, and whether it is for the caller. */
  now() {
    const { world, facts, container } = this.#look();
    const hides = this.policy.checks.item.filter((/** @type {any} */ { check, else: code }) => check in PASSED && this.policy.outcomes[code].is === "not-found");
    const isThere = (/** @type {any} */ id) => world.find(id, container) !== undefined;
    return {
      isThere,
      isSeen: (/** @type {any} */ id) => isThere(id) && hides.every((/** @type {any} */ { check }) => PASSED[check](facts(id), this.caller)),
    };
  }

  /** Every id that the caller would find in a list. */
  listed() {
    const { isSeen } = this.now();
    return this.#look().world.resources.map(({ id }) => id).filter(isSeen);
  }

  /** Has somebody else delete this, and keeps what that was. @param {unknown} id @param {() => Promise<unknown>} deletion */
  async taking(id, deletion) {
    const before = this.#look();
    // It may be gone before the answer is here, and others are told of their own in between.
    this.wanted.push(id);
    await deletion();
    this.wanted.splice(this.wanted.indexOf(id), 1);
    const after = this.#look();
    const isThere = (/** @type {any} */ id) => after.world.find(id, after.container) !== undefined;
    this.taken.push(...before.world.resources.map(({ id }) => id).filter((id) => before.world.find(id, before.container) !== undefined && !isThere(id)));
  }

  /** @param {readonly unknown[]} ids @param {unknown} id */
  #has(ids, id) {
    return ids.some((/** @type {any} */ other) => equal(/** @type {any} */ (id), other, this.compare));
  }

  /**
   * What a report says that is not so.
   *
   * @param {any} report
   * @param {readonly unknown[]} ids that it must be about
   * @returns {string[]}
   */
  lies(report, ids) {
    const { isThere, isSeen } = this.now();
    const operations = this.mock.operations.list(this.name);
    const state = (/** @type {string} */ operation) => operations.find((/** @type {any} */ { id }) => id === operation)?.state;
    // What was accepted, of this caller or of another, and has failed since is back, and the answer could not know.
    const isBack = (/** @type {unknown} */ id) => operations.some((/** @type {any} */ { item, state: its }) => its === "failed" && this.#has([item], id));
    /** @type {string[]} */
    const found = [];
    const hold = (/** @type {boolean} */ isSo, /** @type {string} */ what, /** @type {any} */ about) => void (isSo || found.push(`${what}: ${JSON.stringify(about)}`));
    const told = report.items.map((/** @type {any} */ { id }) => id);
    hold(told.length === ids.length && ids.every((id, at) => equal(/** @type {any} */ (id), told[at], this.compare)), `each of ${ids} once, in order`, told);
    const sums = Object.fromEntries(Object.values(SUMS).map((name) => [name, 0]));
    for (const item of report.items) {
      const { id, outcome, gone, evidence, retry, operation } = item;
      sums[SUMS[/** @type {keyof typeof SUMS} */ (outcome)]] += 1;
      const wasThere = this.first.world.find(id, this.first.container) !== undefined;
      const isGone = !isSeen(id);
      if (gone === true) hold(isGone || isBack(id), "it is said to be gone, and is there", item);
      if (gone === false) hold(isThere(id) || !wasThere || this.#has([...this.taken, ...this.wanted], id), "it is said to be there, and is gone", item);
      if (gone === true) hold(retry !== "now", "what is gone is not to be tried again", item);
      if (outcome === "deleted" && evidence === "stated") hold(wasThere, "it is said to be deleted, and never was there", item);
      if (outcome === "deleted" || outcome === "accepted" || outcome === "not-found") hold(gone === true, "it is gone", item);
      if (outcome === "failed" || outcome === "not-sent") hold(gone === false, "it is there", item);
      if (outcome === "deleted" && evidence === "stated" && operation !== undefined) hold(state(operation) === "succeeded", "its operation has not succeeded", item);
      if (outcome === "failed" && operation !== undefined && evidence === "stated") hold(state(operation) === "failed", "its operation has not failed", item);
      hold(report.get(id)?.outcome === outcome, "it is found by its id", item);
    }
    hold(report.summary.total === ids.length, "all are counted", report.summary);
    for (const [name, sum] of Object.entries(sums)) hold(report.summary[name] === sum, `${name} are ${sum}`, report.summary);
    return found;
  }
}
