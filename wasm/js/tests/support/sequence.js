/** A call that is sent through what goes wrong, tried again, put together, stored, followed and settled, as it is drawn by lot. */

import assert from "node:assert/strict";
import { change, credential, oneOf } from "./lot.js";
import { readSource } from "./source.js";
import { STRANGE, says } from "./strange.js";
import { Truth } from "./truth.js";
import { MISHAPS, OPEN, REFUSED, Unreliable } from "./unreliable.js";
import { equal } from "./world.js";

const ORIGIN = "http://localhost";

/** How often what happened. @type {Record<string, number>} */
export const seen = {};

/** One call, and what becomes of it. */
export class Sequence {
  /** @param {any} made */
  constructor({ name, contract, policy, world, mock, place, lot, round }) {
    Object.assign(this, { name, contract, policy, mock, place, lot });
    /** @type {string[]} */
    this.story = [];
    const start = readSource(world).value;
    if (lot(3) > 0) change(start, policy, lot);
    mock.reset();
    mock.faults.clear();
    mock.world.replace(start);
    const { id } = start.callers[lot(6) > 0 ? 0 : lot(start.callers.length)];
    this.caller = id;
    this.callers = start.callers.map((/** @type {any} */ caller) => caller.id);
    this.resources = start.resources.filter((/** @type {any} */ { kind }) => kind === policy.resource);
    this.logIn();
    const container = policy.container === undefined ? undefined : this.place[policy.container.id.split("/").at(-1)];
    this.truth = new Truth(mock, name, policy, id, container);
    this.off = new AbortController();
    this.wire = new Unreliable(mock, policy, lot, {
      isLater: policy.effects?.when === "later",
      abort: () => this.off.abort(),
      meddle: () => this.meddle(),
      expire: () => mock.clock.advance(7200),
      strange: policy.answers.done.body === undefined ? STRANGE.filter(says) : STRANGE,
    });
    this.wire.badness = lot(9);
    if (lot(4) === 0) this.wire.favours = OPEN;
    // Each of them happens, whatever the lot.
    const mishap = Object.keys(MISHAPS)[round];
    if (mishap !== undefined) Object.assign(this.wire, { badness: 9, favours: [mishap] });
    this.faults();
  }

  /** A token that is good for an hour. */
  logIn() {
    this.headers = credential(this.mock, this.name, this.policy, this.caller, 3600);
  }

  /** What the mock itself does wrong. */
  faults() {
    const { lot, mock, name: contract } = this;
    const faults = [
      { status: oneOf(lot, [429, 500, 503]), "retry-after": 0 },
      { connection: oneOf(lot, ["dropped-before", "dropped-after"]) },
      { body: oneOf(lot, ["truncated", "malformed", { slow: 1 }]) },
      { latency: 1 },
    ];
    if (lot(3) === 0) mock.faults.add({ ...oneOf(lot, faults), contract, operation: this.policy.operation, ...oneOf(lot, [{ times: 1 }, { probability: 0.5, seed: lot(1000) }]) });
  }

  /** Somebody else deletes something, who may. */
  async meddle() {
    const { lot, truth, resources } = this;
    const { id, owner } = oneOf(lot, resources);
    const { method, url, headers, body } = this.contract.call({ ...this.place, ids: [id] }).toRequest(ORIGIN);
    const caller = lot(2) === 0 && owner !== undefined ? owner : oneOf(lot, this.callers);
    const own = credential(this.mock, this.name, this.policy, caller);
    await truth.taking(id, () => this.mock.fetch(url, { method, headers: { ...headers, ...own }, ...(body !== undefined && { body }) }).catch(() => {}));
  }

  ids() {
    const { lot, resources, policy } = this;
    const strange = typeof resources[0].id === "string" ? "no-such-id" : 987_654_321;
    const any = () => {
      const { id } = oneOf(lot, resources);
      if (lot(8) === 0) return strange;
      return policy.ids.compare === "ignore-case" && lot(3) === 0 ? id.toLowerCase() : id;
    };
    return Array.from({ length: 1 + lot(6) }, any);
  }

  /** @param {string} step @param {any} report @param {readonly unknown[]} ids */
  hold(step, report, ids) {
    this.story.push(`${step}: ${report.items.map((/** @type {any} */ { id, outcome, gone, evidence }) => `${id} ${outcome} ${gone} ${evidence}`).join(", ")}`);
    assert.deepEqual(this.truth.lies(report, ids), [], step);
  }

  /** @param {string} what */
  count(what) {
    seen[what] = (seen[what] ?? 0) + 1;
  }

  /** @param {any} call @param {(report: any) => void} [told] */
  async submit(call, told) {
    const { contract, lot, wire } = this;
    const before = wire.asked.length;
    this.off = new AbortController();
    const retries = lot(3);
    const report = await contract.submit(call, {
      baseUrl: ORIGIN,
      fetch: wire.fetch,
      headers: () => this.headers,
      concurrency: 1 + lot(3),
      retries,
      backoff: () => 0,
      signal: this.off.signal,
      onProgress: (/** @type {any} */ { report }) => told?.(report),
      ...(lot(3) > 0 && { size: 1 + lot(3) }),
    });
    await wire.idle();
    const asked = wire.asked.slice(before);
    for (const { mishap } of asked) this.count(mishap);
    this.story.push(...asked.map(({ ids, mishap, status }) => `  asked for ${ids}: ${mishap}, ${status}`), `  ended ${report.ended}`);
    this.sent(report, asked, retries);
    if (report.ended === "unauthorized") this.logIn();
    return report;
  }

  /** What is said not to be sent was not, and what was is sent again only after an answer that allows it. @param {any} report @param {any[]} asked @param {number} retries */
  sent(report, asked, retries) {
    for (const { id, outcome } of report.items) {
      const times = asked.filter(({ ids }) => ids.some((/** @type {any} */ other) => String(other) === String(id)));
      assert.equal(times.length === 0, outcome === "not-sent", `${id} is ${outcome} and was sent ${times.length} times`);
      assert.ok(times.length <= 1 + retries, `${id} was sent ${times.length} times`);
      for (const { status } of times.slice(0, -1)) assert.ok(status === 429 || status >= 500, `${id} is sent again after ${status}`);
    }
  }

  async run() {
    const { contract, lot, mock } = this;
    const given = this.ids();
    const call = this.called(given);
    const distinct = given.filter((/** @type {any} */ id, at) => given.findIndex((/** @type {any} */ other) => equal(id, other, this.policy.ids.compare)) === at);
    assert.deepEqual([call.violations, call.ids], [[], distinct]);
    assert.deepEqual(contract.batches(call, { size: 2 }).flatMap((/** @type {any} */ { ids }) => ids), call.ids);
    this.story.push(`${this.caller} deletes ${given}`);
    /** @type {Error | undefined} */
    let mistake;
    let total = lot(4) === 0 ? await this.inParts(call) : await this.submit(call, (report) => {
      // What a listener throws is kept from whoever sends.
      try {
        this.hold("progress", report, call.ids);
      } catch (cause) {
        mistake ??= /** @type {Error} */ (cause);
      }
    });
    if (mistake !== undefined) throw mistake;
    this.hold("sent", total, call.ids);
    for (const { outcome } of total.items) this.count(outcome);
    // Whether nothing was learned but from answers.
    let isPlain = true;
    const reports = [total];
    for (let steps = lot(7); steps > 0; steps -= 1) {
      const isUnderWay = total.items.some((/** @type {any} */ { outcome }) => outcome === "accepted");
      switch (isUnderWay && lot(2) === 0 ? 5 : lot(8)) {
        case 0:
        case 1:
        case 2: {
          const again = contract.retry(call, total, { when: oneOf(lot, ["now", "after-change"]) });
          if (again === null) break;
          this.count("tried again");
          for (const id of again.ids) assert.notEqual(total.get(id).gone, true, `${id} is gone, and tried again`);
          this.wire.favours = oneOf(lot, [undefined, OPEN, REFUSED]);
          const report = await this.submit(again);
          reports.push(report);
          total = contract.merge(total, report);
          this.hold("tried again", total, call.ids);
          break;
        }
        case 3:
          // JSON has no BigInt; a structured clone does.
          total = call.ids.some((/** @type {unknown} */ id) => typeof id === "bigint") || lot(2) === 0 ? structuredClone(total) : JSON.parse(JSON.stringify(total));
          total = contract.merge(total);
          this.count("stored");
          this.isStored = true;
          this.hold("stored", total, call.ids);
          break;
        case 4: {
          this.count("settled");
          const before = total;
          total = this.settled(call, total);
          this.hold("settled before and merged", contract.merge(before, total), call.ids);
          isPlain = false;
          break;
        }
        case 5: {
          const followed = await this.track(call, total);
          this.hold("followed", followed, call.ids);
          assert.deepEqual(contract.merge(total, followed).items, followed.items);
          if (followed !== total) isPlain = false;
          total = followed;
          break;
        }
        case 6:
          mock.clock.advance(lot(12));
          break;
        default:
          await this.meddle();
      }
    }
    if (isPlain) assert.deepEqual(contract.merge(...reports).items, total.items, "all at once is as one by one");
    this.hold("at last", this.settled(call, total), call.ids);
  }

  /** The call as a page makes it, or as somebody else did. @param {readonly unknown[]} ids */
  called(ids) {
    const { contract, lot } = this;
    const call = contract.call({ ...this.place, ids });
    if (lot(3) > 0) return call;
    const { url, headers, body: text } = call.toRequest(ORIGIN);
    const { pathname: path, search: query } = new URL(url);
    return contract.parse({ path, query, headers, ...(text !== undefined && { text }) });
  }

  /** Sends a call in parts, one after the other. In which order their reports are put together is all the same. @param {any} call */
  async inParts(call) {
    const { contract, lot } = this;
    const reports = [];
    for (const part of contract.batches(call, { size: 1 + lot(3) })) reports.push(await this.submit(part));
    const total = contract.merge(...reports);
    const backwards = contract.merge(...reports.toReversed());
    for (const item of total.items) assert.deepEqual(backwards.get(item.id), item);
    assert.deepEqual([backwards.items.length, backwards.summary], [total.items.length, total.summary]);
    return total;
  }

  /** @param {any} call @param {any} report */
  settled(call, report) {
    const { contract, truth, lot } = this;
    const listed = truth.listed();
    const settled = contract.settle(report, lot(2) === 0 ? listed : new Set(listed.map(String)));
    this.hold("settled", settled, call.ids);
    assert.equal(settled.summary.unknown, 0);
    for (const { id, outcome } of report.items) {
      if (outcome === "unknown") assert.equal(settled.get(id).gone, !truth.now().isSeen(id), `${id} is settled as it is not`);
    }
    return settled;
  }

  /** @param {any} call @param {any} report */
  async track(call, report) {
    const { contract, lot, mock } = this;
    /** Whether the page says by itself how an operation goes. */
    const isOwn = contract.description.following === undefined || lot(4) === 0;
    this.logIn();
    const off = new AbortController();
    let looks = 0;
    const fetch = async (/** @type {string} */ url, /** @type {any} */ init) => {
      if (lot(3) === 0) return oneOf(lot, [() => { throw new TypeError("fetch failed"); }, () => new Response("<html>", { status: 200 }), () => new Response("", { status: 503 })])();
      return mock.fetch(url, init);
    };
    const status = (/** @type {string} */ operation) => {
      if (lot(5) === 0) throw new Error("offline");
      const found = mock.operations.list(this.name).find((/** @type {any} */ { id }) => id === operation);
      if (found.state === "failed") return { failed: found.fail ?? "It failed." };
      return found.state === "succeeded" ? "succeeded" : "running";
    };
    const followed = await contract.track(report, {
      baseUrl: ORIGIN,
      fetch,
      headers: () => this.headers,
      // A report that was never stored knows which call it is of.
      ...((this.isStored || lot(2) === 0) && { call }),
      interval: 0,
      signal: off.signal,
      ...(isOwn && { status }),
      onProgress: () => {
        mock.clock.advance(lot(6));
        looks += 1;
        if (lot(20) === 0 || looks > 100) off.abort();
      },
    });
    const left = followed.items.filter((/** @type {any} */ { outcome, operation }) => outcome === "accepted" && operation !== undefined);
    assert.ok(left.length === 0 || off.signal.aborted || followed.warnings.length > 0, "operations are left, and nobody says why");
    if (report.items.some((/** @type {any} */ { outcome }) => outcome === "accepted")) this.count("followed");
    return followed;
  }
}
