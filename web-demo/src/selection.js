/**
 * What is selected, and how it came to be: row by row, by name, or in a request that somebody has written by hand. What is
 * foretold of it is left to others.
 */

/** @typedef {import("./types.d.ts").Id} Id */
/** @typedef {import("./types.d.ts").Row} Row */
/** @typedef {import("./types.d.ts").Raw} Raw */
/** @typedef {import("./types.d.ts").Persona} Persona */
/** @typedef {import("./types.d.ts").Container} Container */
/** @typedef {import("./world.js").World} World */

export class Selection {
  /** By key, in the order of selection. @type {Map<string, Id>} */
  ids = new Map();
  /** The request as it was written by hand. @type {Raw | null} */
  raw = null;
  /** What was selected when somebody began to write. @type {Map<string, Id>} */
  #before = new Map();
  /** Ids of rows that nobody has listed. @type {Id[]} */
  #unlisted = [];

  /** Whether it is all of these rows, and nothing that is not listed. @param {readonly Row[]} rows */
  isAll(rows) {
    const { size } = this.ids;
    return size > 1 && size === rows.length && this.#unlisted.length === 0 && rows.every(({ key }) => this.ids.has(key));
  }

  /** @param {readonly Row[]} rows @param {boolean} isSelected */
  pick(rows, isSelected) {
    for (const { key, id } of rows) {
      if (isSelected) this.ids.set(key, id);
      else this.ids.delete(key);
    }
  }

  /** Exactly these, whatever was written by hand. @param {readonly { key: string, id: Id }[]} rows */
  set(rows) {
    this.ids = new Map(rows.map(({ key, id }) => [key, id]));
    this.raw = null;
  }

  /** Adds what is named, whether there is a row of it or not. @param {readonly Id[]} ids @param {readonly Row[]} rows @param {World} world */
  add(ids, rows, world) {
    const there = new Map(rows.map((row) => [row.key, row]));
    for (const id of ids) {
      const key = world.keyOf(id);
      const row = there.get(key);
      if (row === undefined && !this.ids.has(key)) this.#unlisted.push(id);
      this.ids.set(key, row?.id ?? id);
    }
    this.raw = null;
  }

  /** A request in somebody's own words; `null` goes back to what was selected before. @param {Raw | null} raw */
  write(raw) {
    if (raw !== null && this.raw === null) this.#before = this.ids;
    if (raw === null && this.raw !== null) this.ids = this.#before;
    this.raw = raw;
  }

  /**
   * What is gone is not selected any more, and what was sent need not be written any more.
   *
   * @param {ReadonlySet<string>} gone by key
   * @param {Raw | null} sent if it was written by hand; what was written since stays
   * @param {World} world
   */
  forget(gone, sent, world) {
    for (const key of gone) for (const ids of [this.ids, this.#before]) ids.delete(key);
    this.#unlisted = this.#unlisted.filter((id) => !gone.has(world.keyOf(id)));
    if (this.raw === sent) this.raw = null;
  }

  /**
   * The rows: what is in the container, behind what was named and is not there.
   *
   * @param {World} world
   * @param {Container | undefined} container
   * @param {Persona} persona who looks at them
   * @returns {Row[]}
   */
  rows(world, container, persona) {
    const there = world.within(container);
    // What somebody else has deleted stays selected, and what somebody else has made is listed: each is one row.
    const named = [...this.#unlisted, ...(this.raw === null ? this.ids.values() : [])];
    const unlisted = new Map(named.map((id) => [world.keyOf(id), id]));
    this.#unlisted = [...unlisted].flatMap(([key, id]) => (there?.has(key) ? [] : [id]));
    /** @type {Row[]} */
    const rows = this.#unlisted.map((id) => ({
      key: world.keyOf(id),
      id,
      name: "Not in the list",
      owner: "–",
      state: "–",
      access: null,
      resource: null,
    }));
    for (const [key, resource] of there ?? []) {
      const { id, name, owner = "–", state = "–" } = resource;
      rows.push({ key, id, name: name || "Unnamed", owner, state, access: world.sees(persona, resource), resource });
    }
    return rows;
  }
}
