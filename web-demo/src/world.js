/**
 * Who and what exists, as the mock tells it, and what of it is a fact for one caller in one container.
 *
 * It comes from the control API, and not from the lists that the APIs document: the page also shows, dimmed, what the caller cannot
 * see, as half of what there is to learn here is what becomes of that; and no documented list tells who owns a thing or why it could
 * not be deleted, which the forecast is shown with and without.
 */

/** @typedef {import("./types.d.ts").Id} Id */
/** @typedef {import("./types.d.ts").Policy} Policy */
/** @typedef {import("./types.d.ts").Persona} Persona */
/** @typedef {import("./types.d.ts").Resource} Resource */
/** @typedef {import("./types.d.ts").Container} Container */

/**
 * @typedef {object} ItemFacts
 * @property {boolean} exists
 * @property {boolean} accessible
 * @property {string | null} owner
 * @property {string | null} state
 * @property {Record<string, unknown>} attributes
 * @property {string[]} permissions
 * @property {string | null} fail
 */

export class World {
  /** By container and id. @type {Map<string, Map<string, Resource>>} */
  #places = new Map();
  /** Facts that were asked before, of the caller who was asked for last. @type {Map<Resource, ItemFacts>} */
  #known = new Map();
  /** @type {Persona | undefined} */
  #asked;

  /** @param {import("./types.d.ts").WorldFile} file @param {Policy} policy */
  constructor(file, policy) {
    this.policy = policy;
    this.callers = file.callers ?? [];
    /** Those that this contract asks for. @readonly */
    this.containers = (file.containers ?? []).filter(({ kind }) => kind === policy.container?.kind);
    this.resources = (file.resources ?? []).filter(({ kind }) => kind === policy.resource);
    for (const resource of this.resources) {
      const place = policy.container === undefined ? "" : (resource.container ?? "");
      const there = this.#places.get(place);
      if (there === undefined) this.#places.set(place, new Map([[this.keyOf(resource.id), resource]]));
      else there.set(this.keyOf(resource.id), resource);
    }
  }

  /** Ids that the API takes for the same have the same key. @param {Id} id */
  keyOf(id) {
    return this.policy.ids.compare === "ignore-case" ? String(id).toLowerCase() : String(id);
  }

  /** The container of this name. @param {string | null} name @returns {Container | undefined} */
  container(name) {
    const fold = (/** @type {string} */ text) =>
      this.policy.container?.compare === "ignore-case" ? text.toLowerCase() : text;
    return this.containers.find(
      ({ id, aliases = [] }) => name !== null && [id, ...aliases].some((each) => fold(each) === fold(name)),
    );
  }

  /** What is in a container; everything, where the API has none. @param {Container | undefined} container */
  within(container) {
    if (this.policy.container === undefined) return this.#places.get("");
    return container && this.#places.get(`${container.kind}/${container.id}`);
  }

  /** @param {Persona} persona */
  caller(persona) {
    return this.callers.find(({ id }) => id === persona.caller);
  }

  /** @param {Persona} persona @param {string | undefined} reference */
  grant(persona, reference) {
    return this.caller(persona)?.grants?.find(({ container }) => container === reference);
  }

  /** Whether the caller can see it. @param {Persona} persona @param {Resource} resource */
  sees(persona, resource) {
    const caller = this.caller(persona);
    if (caller === undefined || persona.expired) return false;
    const visible = resource["visible-to"];
    if (visible !== undefined) return visible.includes(caller.id);
    return resource.container === undefined || this.grant(persona, resource.container) !== undefined;
  }

  /** All that is known of a caller in a container. @param {Persona} persona @param {Container | undefined} container */
  callerFacts(persona, container) {
    const caller = this.caller(persona);
    if (caller === undefined) return null;
    const grant = container && this.grant(persona, `${container.kind}/${container.id}`);
    return {
      id: caller.id,
      authenticated: persona.expired ? /** @type {const} */ ("expired") : true,
      scopes: persona.scopes ?? caller.scopes ?? [],
      roles: grant?.roles ?? [],
      permissions: grant?.permissions ?? [],
      containerExists: container !== undefined,
      containerAccessible: grant !== undefined,
    };
  }

  /** All that is known of a resource. @param {Persona} persona @param {Resource} resource */
  itemFacts(persona, resource) {
    if (persona !== this.#asked) {
      this.#asked = persona;
      this.#known = new Map();
    }
    let known = this.#known.get(resource);
    if (known === undefined) this.#known.set(resource, (known = this.#itemFacts(persona, resource)));
    return known;
  }

  /** @param {Persona} persona @param {Resource} resource */
  #itemFacts(persona, resource) {
    return {
      exists: true,
      accessible: this.sees(persona, resource),
      owner: resource.owner ?? null,
      state: resource.state ?? null,
      attributes: resource.attributes ?? {},
      permissions: this.grant(persona, resource.container)?.permissions ?? [],
      fail: resource["on-delete"]?.fail ?? null,
    };
  }
}
