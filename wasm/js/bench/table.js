/** The table that is printed, and which of its rows miss their target. */

/** @param {readonly any[]} rows */
export function markdown(rows) {
  const lines = ["| where | what | ours | peer | peer takes | ratio | target |", "|---|---|---|---|---|---|---|"];
  for (const row of rows) {
    const { place = "", what, peerName = "", peer } = row;
    const cells = [place, what, own(row), peerName, peer === undefined ? "" : time(peer), ratio(row), target(row)];
    lines.push(`| ${cells.join(" | ")} |`);
  }
  return lines.join("\n");
}

/** @param {readonly any[]} rows */
export function missed(rows) {
  return rows
    .filter((row) => isMissed(row))
    .map((row) => `${row.place ? `${row.place}, ` : ""}${row.what}${row.peerName ? ` beside ${row.peerName}` : ""}`);
}

/** @param {any} row */
function own({ bytes, milliseconds, ours }) {
  if (bytes !== undefined) return `${bytes.toLocaleString("en")} bytes`;
  return time(milliseconds === undefined ? ours : milliseconds * 1e6);
}

/** @param {any} row */
function ratio({ ratio: measured, more, target: wanted }) {
  if (measured === undefined) return "";
  if (wanted?.more !== undefined) return `${more >= 0 ? "+" : "−"}${time(Math.abs(more))}`;
  return measured < 0.1 ? `1/${(1 / measured).toFixed(0)}` : measured.toFixed(2);
}

/** @param {any} row */
function target(row) {
  const { bytes, most, place, target: wanted } = row;
  const mark = isMissed(row) ? " **missed**" : "";
  if (most !== undefined) return bytes === undefined ? `< ${most} ms${mark}` : `≤ ${most.toLocaleString("en")}${mark}`;
  if (wanted?.more !== undefined) return `≤ +${wanted.more} ns${mark}`;
  const limit = wanted?.most?.[place];
  if (limit === undefined) return "";
  return `≤ ${limit <= 0.1 ? `1/${Math.round(1 / limit)}` : limit}${mark}`;
}

/** @param {any} row */
function isMissed({ bytes, milliseconds, most, place, ratio: measured, more, target: wanted }) {
  if (most !== undefined) return (bytes ?? milliseconds) > most;
  if (wanted?.more !== undefined) return more > wanted.more;
  const limit = wanted?.most?.[place];
  return limit !== undefined && measured > limit;
}

/** @param {number} nanoseconds */
function time(nanoseconds) {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toPrecision(3)} µs`;
  return `${(nanoseconds / 1e6).toPrecision(3)} ms`;
}
