/** The request as it goes out, to be read and edited; what is wrong with it stands beside it, and in a summary that leads there. */

import { byId, hold, make, show, write } from "../dom.js";
import { parseExactly, writeExactly } from "../exact.js";
import { lineOf, places, rangeOf } from "../locate.js";
import { counted } from "../words.js";

/** @typedef {import("../types.d.ts").Violation} Violation */

/** More ids than this are written a little later, so that selecting stays quick. */
const MANY = 500;
/** How many lines are numbered. */
const LINES = 2000;
/** How many violations are told one by one. */
const TOLD = 50;

/** @param {import("../app.js").App} app */
export function request(app) {
  const target = /** @type {HTMLTextAreaElement} */ (byId("target"));
  const body = /** @type {HTMLTextAreaElement} */ (byId("body"));
  const size = /** @type {HTMLInputElement} */ (byId("size"));
  /** @type {unknown} */
  let drawn = null;
  /** @type {unknown} */
  let where = null;
  /** @type {unknown} */
  let of = null;
  /** Whether the request that stands there was written by hand. */
  let wasByHand = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  let numbered = "";
  /** The plan whose request is written. @type {unknown} */
  let written = null;
  /** The violations that links lead to, as they are told: what has not changed keeps the focus. */
  let linked = "";

  const edited = () => {
    // What was to be written here would be written over it.
    clearTimeout(later);
    app.edit({ target: target.value, text: body.value });
  };
  target.addEventListener("input", edited);
  body.addEventListener("input", edited);
  body.addEventListener("scroll", () => (byId("gutter").scrollTop = body.scrollTop));
  byId("revert").addEventListener("click", () => {
    app.edit(null);
    (byId("body-field").hidden ? target : body).focus();
  });
  byId("send-anyway").addEventListener("click", () => {
    // The server's own words are what one wants to see then.
    /** @type {HTMLDetailsElement} */ (byId("answer-details")).open = true;
    app.send();
  });
  size.addEventListener("change", () => app.setSize(size.validity.valid && size.value !== "" ? Number(size.value) : null));

  /** Writes the request of the selection. */
  const fill = () => {
    const { plan } = app;
    written = plan;
    const sent = plan === null ? app.blank() : plan.call.toRequest("");
    target.value = sent?.url ?? "";
    const text = typeof sent?.body === "string" ? sent.body : "";
    body.value = text === "" ? "" : writeExactly(parseExactly(text), 2);
  };

  app.onChange(() => {
    const { plan, selection, subject } = app;
    if (subject === null) return;
    write(byId("method"), subject.method);
    show(byId("revert"), selection.raw !== null);
    show(byId("body-field"), subject.policy.ids.at.startsWith("/body"));
    const isMany = plan !== null && plan.ids.length > MANY;
    const isLong = subject.contract.most !== null || (plan !== null && plan.ids.length > 100);
    show(byId("size-field"), isLong);
    if (document.activeElement !== size) size.value = String(app.size ?? subject.usualSize);
    const isNew = plan !== drawn || app.container !== where || subject !== of || wasByHand;
    if (selection.raw === null && isNew) {
      clearTimeout(later);
      if (isMany) {
        later = setTimeout(() => {
          fill();
          tell();
        }, 150);
      } else fill();
    }
    drawn = plan;
    where = app.container;
    of = subject;
    wasByHand = selection.raw !== null;
    tell();
  });

  function tell() {
    const { plan, stray } = app;
    /** Written a little later, and then told of. */
    const isStale = written !== plan && app.selection.raw === null && stray === null && plan?.violations.length === 0;
    /** @type {readonly Violation[]} */
    const violations = stray === null ? (plan?.violations ?? []) : [strayed(stray)];
    const known = violations.some(({ pointer }) => pointer.startsWith("/body")) ? places(body.value) : new Map();
    const told = violations.slice(0, TOLD);
    show(byId("violations"), violations.length > 0);
    show(byId("send-anyway"), stray === null);
    hold(byId("send-anyway"), app.sending?.isUnderWay === true);
    write(byId("violations-title"), `The contract is broken in ${counted(violations.length, "place", "places")}`);
    const now = told.map(({ pointer, message }) => `${pointer} ${message}`).join("\n");
    if (now !== linked) byId("violation-list").replaceChildren(...told.map((violation) => make("li", {}, link(violation))));
    linked = now;
    const inBody = told.filter(({ pointer }) => pointer.startsWith("/body"));
    const elsewhere = told.filter(({ pointer }) => !pointer.startsWith("/body"));
    if (!isStale) beside(inBody, known);
    byId("target-notes").replaceChildren(...elsewhere.map(({ message, pointer }) => make("li", {}, `${pointer}: ${message}`)));
    show(byId("target-notes"), elsewhere.length > 0);
    target.setAttribute("aria-invalid", String(elsewhere.length > 0));
    body.setAttribute("aria-invalid", String(inBody.length > 0));
  }

  /** Notes at the lines that they are about. @param {readonly Violation[]} violations @param {ReadonlyMap<string, import("../locate.js").Range>} known */
  function beside(violations, known) {
    /** @type {Map<number, string[]>} */
    const byLine = new Map();
    for (const violation of violations) {
      const line = lineOf(body.value, rangeOf(known, body.value, violation).start);
      byLine.set(line, [...(byLine.get(line) ?? []), violation.message]);
    }
    const lines = [...byLine].sort(([one], [other]) => one - other);
    byId("body-notes").replaceChildren(
      ...lines.map(([line, messages]) => make("li", {}, make("b", {}, `Line ${line + 1}`), ` ${messages.join("; ")}`)),
    );
    show(byId("body-notes"), lines.length > 0);
    number(new Set(lines.map(([line]) => line)));
  }

  /** Numbers the lines, and marks those that are broken. @param {ReadonlySet<number>} broken */
  function number(broken) {
    const count = Math.min(body.value.split("\n").length, LINES);
    const now = `${count} ${[...broken].join(" ")}`;
    if (now === numbered) return;
    numbered = now;
    /** @type {(string | Node)[]} */
    const parts = [];
    let plain = "";
    for (let line = 0; line < count; line += 1) {
      if (!broken.has(line)) plain += `${line + 1}\n`;
      else {
        parts.push(plain, make("b", { class: "broken" }, `✕ ${line + 1}`), "\n");
        plain = "";
      }
    }
    byId("gutter").replaceChildren(...parts, plain);
    byId("gutter").scrollTop = body.scrollTop;
  }

  /** @param {Violation} violation */
  function link(violation) {
    const { pointer, message } = violation;
    const isBody = pointer.startsWith("/body");
    const made = make("a", { href: isBody ? "#body" : "#target" }, make("code", {}, pointer), ` ${message}`);
    made.addEventListener("click", (event) => {
      event.preventDefault();
      const field = isBody ? body : target;
      const range = isBody ? rangeOf(places(body.value), body.value, violation) : { start: 0, end: target.value.length };
      field.focus();
      field.setSelectionRange(range.start, range.end);
      field.scrollTop = Math.max(0, lineOf(field.value, range.start) - 3) * 20;
    });
    return made;
  }
}

/** @param {string} message @returns {Violation} */
function strayed(message) {
  return { pointer: "/path", path: ["path"], rule: "path", message: message.replace(/^path: /, "") };
}
