/**
 * A call to the mock beside a handler of MSW that does the same work: an Anaplan call with 3 ids, from the request to the text of
 * its answer.
 */

import { median } from "./clock.js";
import { msw } from "./peers/msw.js";

const URL_OF_DELETE = "https://api.anaplan.com/2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels";
/** All of them stay, so that every call finds the same world. */
const IDS = ["BC24B51B39CF4701ACF7CBFD2ED93C36", "Incorrect_Model_Id", "Another_Model_Id"];
/** How many calls are one's turn. */
const TURN = 50;

/** @param {any} library msw @param {(options: any) => Promise<any>} createMock @param {any} contract @param {number} seconds */
export async function mocked(library, createMock, contract, seconds) {
  const mock = await createMock({ contracts: [contract] });
  const peer = msw(library, JSON.parse(contract.world).resources);
  const body = JSON.stringify({ modelIdsToDelete: IDS });
  const init = { method: "POST", headers: { Authorization: "AnaplanAuthToken ada-token", "Content-Type": "application/json" }, body };
  const tasks = [() => mock.fetch(URL_OF_DELETE, init), () => peer.answer(new Request(URL_OF_DELETE, init))];
  const [own, other] = await Promise.all(tasks.map(async (work) => (await work()).json()));
  if (JSON.stringify(own) !== JSON.stringify(other)) {
    throw new Error(`nothing was measured, as the answers differ: ours is ${JSON.stringify(own)}, MSW's ${JSON.stringify(other)}`);
  }
  /** @type {[number, number][]} */
  const pairs = [];
  for (const end = performance.now() + seconds * 1000; pairs.length < 20 || performance.now() < end; ) {
    const [one, two] = pairs.length % 2 === 0 ? tasks : [...tasks].reverse();
    const [first, second] = [await turn(one), await turn(two)];
    pairs.push(pairs.length % 2 === 0 ? [first, second] : [second, first]);
  }
  return {
    what: "the mock's answer to a call of 3 ids",
    peerName: "MSW",
    ours: Math.min(...pairs.map(([mine]) => mine)),
    peer: Math.min(...pairs.map(([, theirs]) => theirs)),
    ratio: median(pairs.map(([mine, theirs]) => mine / theirs)),
    target: { most: { chromium: 1 / 10 } },
  };
}

/** @param {() => Promise<Response>} work nanoseconds a call */
async function turn(work) {
  const start = performance.now();
  for (let call = 0; call < TURN; call += 1) await (await work()).text();
  return ((performance.now() - start) * 1e6) / TURN;
}
