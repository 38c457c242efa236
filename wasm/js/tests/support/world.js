/**
 * A world as somebody on the outside would keep it: what a caller can know of it becomes the knowledge of a forecast. Written
 * from the description of `world.json` alone, so that it is no copy of the engine's own world.
 */

/** @typedef {{ kind: string, id: string, aliases?: string[] }} Container */
/** @typedef {{ container: string, roles?: string[], permissions?: string[] }} Grant */
/** @typedef {{ id: string, tokens?: string[], scopes?: string[], grants?: Grant[] }} Caller */
/**
 * @typedef {object} Resource
 * @property {string} kind
 * @property {string | number | bigint} id
 * @property {string} [container]
 * @property {string} [name]
 * @property {string} [owner]
 * @property {string} [state]
 * @property {object} [attributes]
 * @property {string[]} [visible-to]
 * @property {{ fail?: string }} [on-delete]
 */

export class World {
  /** @param {{ containers?: Container[], callers?: Caller[], resources?: Resource[] }} document @param {any} policy */
  constructor(document, policy) {
    this.policy = policy;
    this.containers = document.containers ?? [];
    this.callers = document.callers ?? [];
    this.resources = (document.resources ?? []).filter(({ kind }) => kind === policy.resource);
    /** @type {{ resource: Resource, due: number }[]} deletions that will turn out to have failed */
    this.failing = [];
    this.now = 0;
  }

  /** @param {number} seconds */
  advance(seconds) {
    this.now += seconds;
    for (const { resource } of this.failing.filter(({ due }) => due <= this.now)) this.resources.push(resource);
    this.failing = this.failing.filter(({ due }) => due > this.now);
  }

  /** @param {string | undefined} id */
  container(id) {
    const { container: rule } = this.policy;
    if (rule === undefined || id === undefined) return undefined;
    const same = (/** @type {string} */ other) => equal(id, other, rule.compare);
    return this.containers.find(({ kind, id: own, aliases = [] }) => kind === rule.kind && [own, ...aliases].some(same));
  }

  /** @param {string | number | bigint} id @param {Container | undefined} container */
  find(id, container) {
    const { container: rule, ids } = this.policy;
    if (rule !== undefined && container === undefined) return undefined;
    const within = container && `${container.kind}/${container.id}`;
    return this.resources.find((resource) => resource.container === within && equal(id, resource.id, ids.compare));
  }

  /** @param {string | undefined} id @param {string} state */
  setState(id, state) {
    const resource = id === undefined ? undefined : this.resources.find((each) => equal(id, each.id, this.policy.ids.compare));
    if (resource !== undefined) resource.state = state;
  }

  /** @param {string} token */
  callerOf(token) {
    return this.callers.find(({ tokens = [] }) => tokens.includes(token));
  }

  /** @param {Caller} caller @param {string | undefined} container as a grant names it */
  grant(caller, container) {
    const named = (/** @type {Grant} */ grant) => grant.container === container || this.#aliased(grant.container) === container;
    return container === undefined ? undefined : (caller.grants ?? []).find(named);
  }

  /** @param {string} named */
  #aliased(named) {
    const [kind, id] = named.split("/");
    const found = this.containers.find((each) => each.kind === kind && each.aliases?.includes(id));
    return found && `${found.kind}/${found.id}`;
  }

  /**
   * Everything there is to know of a request.
   *
   * @param {Caller | null} caller
   * @param {string[] | undefined} scopes of the token, where they are not the caller's
   * @param {string | undefined} containerId
   */
  knowledge(caller, scopes, containerId) {
    const container = this.container(containerId);
    const named = container && `${container.kind}/${container.id}`;
    const granted = caller === null ? undefined : this.grant(caller, named);
    const told = {
      id: caller?.id,
      authenticated: caller !== null,
      scopes: scopes ?? caller?.scopes ?? [],
      roles: granted?.roles ?? [],
      permissions: granted?.permissions ?? [],
      containerExists: container !== undefined,
      containerAccessible: granted !== undefined,
    };
    const facts = (/** @type {string | number | bigint} */ id) => {
      const resource = this.find(id, container);
      if (resource === undefined) return null;
      const visible = resource["visible-to"];
      const everyone = resource.container === undefined ? caller !== null : granted !== undefined;
      return {
        exists: true,
        accessible: visible === undefined ? everyone : caller !== null && visible.includes(caller.id),
        owner: resource.owner ?? null,
        permissions: granted?.permissions ?? [],
        state: resource.state ?? null,
        attributes: resource.attributes ?? {},
        fail: resource["on-delete"]?.fail ?? null,
      };
    };
    return { caller: caller === null ? null : told, facts, container };
  }

  /** @param {readonly (string | number | bigint)[]} ids @param {Container | undefined} container @returns {Resource[]} what was there */
  delete(ids, container) {
    const { when = "now", "starts-after-seconds": starts = 0, "takes-seconds": takes = 0 } = this.policy.effects ?? {};
    return ids.flatMap((id) => {
      const resource = this.find(id, container);
      if (resource === undefined) return [];
      this.resources.splice(this.resources.indexOf(resource), 1);
      if (when === "later" && resource["on-delete"]?.fail !== undefined) {
        this.failing.push({ resource, due: this.now + starts + takes });
      }
      return [resource];
    });
  }
}

/** @param {string | number | bigint} one @param {string | number | bigint} other @param {string | undefined} compare */
export function equal(one, other, compare) {
  if (typeof one === "string" && typeof other === "string") {
    return compare === "ignore-case" ? lower(one) === lower(other) : one === other;
  }
  if (typeof one === "string" || typeof other === "string") return false;
  // eslint-disable-next-line eqeqeq -- 7 and 7n are one id
  return one == other;
}

/** @param {string} text */
function lower(text) {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
