/**
 * What the page is about right now, and what can be done with it. Parts of the page draw what is here and call what is here;
 * they know nothing of each other.
 */

import { APIS, apiNamed, offered, personaOf } from "./apis.js";
import { Control } from "./control.js";
import { Credentials } from "./credentials.js";
import { plan } from "./plan.js";
import { Selection } from "./selection.js";
import { Sending } from "./sending.js";
import { Subject } from "./subject.js";
import { World } from "./world.js";

/** @typedef {import("./types.d.ts").Id} Id */
/** @typedef {import("./types.d.ts").Row} Row */
/** @typedef {import("./types.d.ts").Plan} Plan */
/** @typedef {import("./types.d.ts").Raw} Raw */
/** @typedef {import("./link.js").Link} Link */

export class App {
  /** @type {(() => void)[]} */
  #listeners = [];
  /** Counts what was chosen, so that what arrives late for another choice is left alone. */
  #turn = 0;
  /** Counts the moves, of which only the last counts. */
  #moves = 0;

  /** What there is to choose. @type {readonly import("./types.d.ts").Api[]} */
  apis = APIS;
  api = apiNamed(this.apis, null);
  persona = personaOf(this.api, null);
  /** @type {Subject | null} */
  subject = null;
  /** @type {World | null} */
  world = null;
  /** @type {import("./types.d.ts").Container | undefined} */
  container = undefined;
  /** @type {Row[]} */
  rows = [];
  selection = new Selection();
  /** What is wrong with what was written by hand, where it is no request of this API at all. @type {string | null} */
  stray = null;
  /** @type {Set<string>} */
  without = new Set();
  option = false;
  /** @type {number | null} */
  size = null;
  /** @type {Plan | null} */
  plan = null;
  /** How long the last plan took, in milliseconds. */
  took = 0;
  /** @type {Sending | null} */
  sending = null;
  /** @type {import("./types.d.ts").Operation[]} */
  operations = [];
  /** @type {import("./types.d.ts").AuditEntry[]} */
  audit = [];
  /** What went wrong beside any request, in a sentence. @type {string | null} */
  trouble = null;
  isBusy = true;

  /** @type {Credentials | null} */
  credentials = null;

  /** @param {import("./transport.js").Transport} transport @param {boolean} isServed whether there is a server to choose */
  constructor(transport, isServed) {
    this.transport = transport;
    this.isServed = isServed;
    this.control = new Control(transport, this.api.name);
  }

  /** @param {() => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  changed() {
    for (const listener of this.#listeners) listener();
  }

  /** Does something that may fail, and says so if it does. @param {() => Promise<void>} work */
  async try(work) {
    this.trouble = null;
    try {
      await work();
    } catch (cause) {
      this.trouble = cause instanceof Error ? cause.message : String(cause);
      this.isBusy = false;
    }
    this.changed();
  }

  /** Finds out what the server has. */
  async discover() {
    this.apis = await offered(this.control);
    this.changed();
  }

  /** @param {Link} link */
  async open(link) {
    this.without = new Set(link.without);
    await this.choose(link.api, link);
  }

  /** Sends what follows elsewhere. @param {() => Promise<import("./transport.js").Transport>} connect */
  move(connect) {
    this.isBusy = true;
    this.#moves += 1;
    const move = this.#moves;
    this.changed();
    return this.try(async () => {
      const transport = await connect();
      if (move !== this.#moves) return;
      this.transport = transport;
      await this.choose(this.api.name, { ...this.link(), ids: [] });
    });
  }

  /** Another API; the rest begins anew, unless a link says how. @param {string | null} name @param {Link} [link] */
  choose(name, link) {
    this.#turn += 1;
    const turn = this.#turn;
    this.sending?.stop();
    Object.assign(this, { sending: null, selection: new Selection(), stray: null, plan: null, world: null, rows: [], operations: [] });
    this.option = false;
    this.size = null;
    this.isBusy = true;
    this.api = apiNamed(this.apis, name);
    this.persona = personaOf(this.api, link?.as ?? this.persona.key);
    this.control = new Control(this.transport, this.api.name);
    this.changed();
    return this.try(async () => {
      const { api, control } = this;
      const load = async () => Subject.load(api.name, api.isOwn ? await control.documents(api.name) : undefined);
      const [subject, file, audit] = await Promise.all([load(), control.world(), control.audit()]);
      const peopled = api.isOwn ? (await import("./own.js")).peopled(api, file, subject.policy) : null;
      if (turn !== this.#turn) return;
      // Only now it is known who there is. Whoever has the same name elsewhere may have nothing to do with it.
      if (peopled !== null) Object.assign(this, { api: peopled, persona: personaOf(peopled, link?.as ?? null) });
      this.subject = subject;
      this.credentials = new Credentials(this.control, subject.policy);
      this.world = new World(file, subject.policy);
      this.audit = audit;
      this.container = this.world.container(link?.place ?? null) ?? this.places[0];
      this.#list();
      if (link?.ids === "all") this.selectAll();
      else this.add(link?.ids ?? []);
      this.isBusy = false;
    });
  }

  /** The containers to choose from. */
  get places() {
    const { api, world } = this;
    const all = world?.containers ?? [];
    const { places = null } = api;
    return places === null ? all : [...all.filter(({ id }) => places.has(id)), ...all.filter(({ id }) => !places.has(id))];
  }

  /** @param {string} key */
  callAs(key) {
    this.persona = personaOf(this.api, key);
    this.#list();
    this.#replan();
  }

  /** @param {string} id */
  enter(id) {
    this.container = this.world?.container(id);
    this.clear();
  }

  #list() {
    const { world, container, persona } = this;
    if (world !== null) this.rows = this.selection.rows(world, container, persona);
  }

  /** @param {readonly Row[]} rows @param {boolean} isSelected */
  select(rows, isSelected) {
    this.selection.pick(rows, isSelected);
    this.#leave();
    this.#replan();
  }

  selectAll() {
    this.selection.set(this.rows);
    this.#replan();
  }

  clear() {
    this.selection = new Selection();
    this.#list();
    this.#replan();
  }

  /** Selects what is named, whether it is listed or not. @param {readonly string[]} texts */
  add(texts) {
    const { world } = this;
    if (world === null) return;
    const isInteger = (/** @type {string} */ text) => this.api.ids === "integer" && /^-?\d+$/.test(text);
    const ids = texts.map((text) => (isInteger(text) ? integer(text) : text));
    this.selection.add(ids, this.rows, world);
    this.#list();
    this.#replan();
  }

  /** The request in somebody's own words; `null` goes back to the selection. @param {Raw | null} raw */
  edit(raw) {
    this.selection.write(raw);
    if (raw === null) this.#list();
    this.#replan();
  }

  /** From what was written by hand back to the selection, in which what it named is a row, too. */
  #leave() {
    if (this.selection.raw === null) return;
    this.selection.raw = null;
    this.#list();
  }

  /** @param {string} fact @param {boolean} isKnown */
  know(fact, isKnown) {
    if (isKnown) this.without.delete(fact);
    else this.without.add(fact);
    this.#replan();
  }

  /** @param {boolean} isSet */
  setOption(isSet) {
    this.option = isSet;
    this.#leave();
    this.#replan();
  }

  /** @param {number | null} size */
  setSize(size) {
    this.size = size;
    this.#replan();
  }

  #replan() {
    const { subject, world, selection } = this;
    if (subject === null || world === null) return;
    const start = performance.now();
    this.stray = null;
    try {
      this.plan =
        selection.ids.size === 0 && selection.raw === null
          ? null
          : plan({ subject, world, persona: this.persona, where: this.#where(), selection, without: this.without, size: this.size ?? subject.usualSize });
      // What was written by hand is what is selected.
      const isReadable = this.plan !== null && (this.plan.ids.length > 0 || this.plan.violations.length === 0);
      if (selection.raw !== null && this.plan !== null && isReadable) selection.ids = new Map(this.plan.ids.map((id) => [world.keyOf(id), id]));
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      this.plan = null;
      this.stray = cause.message;
    }
    this.took = performance.now() - start;
    this.changed();
  }

  /** The request that nothing is selected for: what one can begin with by hand. */
  blank() {
    return this.subject?.contract.call({ ...this.#where(), ids: [] }).toRequest("");
  }

  #where() {
    const { subject, container, api } = this;
    return {
      ...api.given,
      ...subject?.naming(container?.id),
      ...(api.option && this.option && { [api.option.name]: true }),
    };
  }

  /** The header that proves who calls. */
  headers(persona = this.persona) {
    const { credentials, world } = this;
    return credentials === null || world === null ? Promise.resolve({}) : credentials.headers(persona, world);
  }

  /** Sends what is planned, or this instead; one thing after the other. @param {Plan | null} [what] */
  send(what = this.plan) {
    const { subject } = this;
    if (what === null || subject === null || this.sending?.isUnderWay) return Promise.resolve();
    const turn = this.#turn;
    const { raw } = this.selection;
    const sending = new Sending(this, subject, what);
    this.sending = sending;
    return this.try(async () => {
      await sending.run();
      if (turn !== this.#turn) return;
      await this.refresh();
      this.#forgetGone(sending.report, raw);
      this.#replan();
      await sending.follow();
      if (turn === this.#turn && sending.report?.operations.length) await this.refresh();
    });
  }

  /** @param {import("./types.d.ts").Report | null} report @param {Raw | null} sent if it was written by hand */
  #forgetGone(report, sent) {
    const { world } = this;
    if (report === null || world === null) return;
    const gone = report.items.filter((item) => item.gone !== false).map(({ id }) => world.keyOf(id));
    this.selection.forget(new Set(gone), sent, world);
    this.#list();
  }

  /** Tries again what may be tried again, where it was tried. @param {"now" | "after-change"} when */
  retry(when) {
    const { subject, world, sending } = this;
    if (subject === null || world === null || sending === null || sending.report === null) return Promise.resolve();
    const call = subject.contract.retry(sending.plan.call, sending.report, { when });
    if (call === null) return Promise.resolve();
    const container = world.container(subject.containerOf(call));
    if (container !== undefined && container !== this.container) this.enter(container.id);
    this.selection.set(call.ids.map((id) => ({ key: world.keyOf(id), id })));
    this.#list();
    this.#replan();
    return this.send();
  }

  /** The world, the audit trail and the operations as they are now. */
  async refresh() {
    const { subject, control } = this;
    const [file, audit, operations] = await Promise.all([control.world(), control.audit(), control.operations()]);
    if (subject === null || control !== this.control) return;
    this.world = new World(file, subject.policy);
    this.container = this.world.container(this.container?.id ?? null) ?? this.places[0];
    this.audit = audit;
    this.operations = operations;
    this.#list();
    this.changed();
  }

  /** Changes a resource so that this check is passed. @param {Id} id @param {string} check */
  lift(id, check) {
    return this.try(async () => {
      const { world, persona } = this;
      const resource = world?.within(this.container)?.get(world.keyOf(id));
      if (world === null || resource === undefined || persona.caller === null) return;
      const changed = structuredClone(resource);
      const { state } = this.api.obstacles[check];
      if (state !== undefined) changed.state = state;
      if (check === "accessible") changed["visible-to"] = [...(changed["visible-to"] ?? []), persona.caller];
      if (check === "owned") changed.owner = persona.caller;
      if (check === "deletable") delete changed["on-delete"];
      await this.control.put([changed]);
      await this.refresh();
      this.#replan();
    });
  }

  /** @param {number} count */
  addRows(count) {
    return this.try(async () => {
      const { world, subject } = this;
      if (world === null || subject === null) return;
      const { manyRows } = await import("./seed.js");
      const { at } = subject.policy.ids;
      const isTaken = (/** @type {Id} */ id) => {
        const { violations } = subject.contract.call({ ...this.#where(), ids: [id] });
        return !violations.some(({ pointer }) => pointer.startsWith(`${at}/`) || (pointer === at && at.startsWith("/path")));
      };
      await this.control.put(manyRows(world, this.container, count, this.api.ids, isTaken));
      await this.refresh();
      this.#replan();
    });
  }

  /** Back to the start, busy from the first moment on: what is selected before the answer has come is forgotten. */
  reset() {
    this.isBusy = true;
    // What came after the world has begun anew would be done to the new one.
    this.sending?.stop();
    this.changed();
    return this.try(async () => {
      await this.control.reset();
      this.credentials?.forget();
      await this.choose(this.api.name, { ...this.link(), ids: [] });
    });
  }

  /** What leads back here. @returns {Link} */
  link() {
    const { selection, rows } = this;
    return {
      api: this.api.name,
      as: this.persona.key,
      place: this.container !== undefined && this.container !== this.places[0] ? this.container.id : null,
      ids: selection.isAll(rows) ? "all" : [...selection.ids.values()].map(String),
      without: [...this.without],
      run: this.isServed && this.transport.kind === "browser" ? "browser" : null,
    };
  }
}

/** @param {string} text */
function integer(text) {
  return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
}
