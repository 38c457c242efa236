/**
 * Two functions side by side: they take turns, so that whatever else the computer does slows both. What is compared is the
 * median of the rounds' ratios; the times told are the shortest, which disturbances cannot make shorter.
 */

/** About how long one of them runs before it is the other's turn, in milliseconds: long beside what a clock can tell apart. */
const TURN = 2;
const FEWEST_ROUNDS = 7;

/** @typedef {{ ours: number, peer: number, ratio: number, more: number, rounds: number }} Measured nanoseconds a call */

/**
 * @param {() => unknown} ours
 * @param {() => unknown} peer
 * @param {number} seconds
 * @returns {Measured}
 */
export function compare(ours, peer, seconds) {
  const counts = [calibrate(ours), calibrate(peer)];
  const pairs = [];
  const end = performance.now() + seconds * 1000;
  while (pairs.length < FEWEST_ROUNDS || performance.now() < end) {
    // Whoever goes first finds a colder cache.
    if (pairs.length % 2 === 0) pairs.push([turn(ours, counts[0]), turn(peer, counts[1])]);
    else pairs.push([turn(peer, counts[1]), turn(ours, counts[0])].reverse());
  }
  return {
    ours: Math.min(...pairs.map(([own]) => own)),
    peer: Math.min(...pairs.map(([, other]) => other)),
    ratio: median(pairs.map(([own, other]) => own / other)),
    more: median(pairs.map(([own, other]) => own - other)),
    rounds: pairs.length,
  };
}

/** What one call takes at best, in nanoseconds. @param {() => unknown} work @param {number} calls @returns {number} */
export function shortest(work, calls) {
  let best = Infinity;
  for (let call = 0; call < calls; call += 1) best = Math.min(best, turn(work, 1));
  return best;
}

/** How many calls fill a turn. The compiler has seen them by then. @param {() => unknown} work */
function calibrate(work) {
  let calls = 1;
  for (let warm = 0; warm < 40; warm += 1) {
    const each = turn(work, calls) / 1e6;
    calls = Math.max(1, Math.round(TURN / Math.max(each, 1e-6)));
  }
  return calls;
}

/** What was worked out last: nothing may be left out because nobody looks at it. @type {unknown} */
export let last;

/** @param {() => unknown} work @param {number} calls nanoseconds a call */
function turn(work, calls) {
  const start = performance.now();
  for (let call = 0; call < calls; call += 1) last = work();
  return ((performance.now() - start) * 1e6) / calls;
}

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
