/** The header by which a caller proves who they are: with a token of the world, or one that the mock makes, or by name and password. */

/** @typedef {import("./types.d.ts").Persona} Persona */

export class Credentials {
  /** By persona. @type {Map<string, Promise<string>>} */
  #made = new Map();

  /** @param {import("./control.js").Control} control @param {import("./types.d.ts").Policy} policy */
  constructor(control, policy) {
    this.control = control;
    this.credential = policy.credentials.find(({ kind }) => kind === "token" || kind === "jwt") ?? policy.credentials.find(({ kind }) => kind === "basic");
  }

  /** @param {Persona} persona @param {import("./world.js").World} world @returns {Promise<Record<string, string>>} */
  async headers(persona, world) {
    if (persona.caller === null || this.credential === undefined) return {};
    const { header = "Authorization", scheme } = this.credential;
    const token = (this.credential.kind === "basic" ? pair(world.caller(persona)) : this.#ofWorld(persona, world)) ?? (await this.#make(persona));
    return { [header]: scheme === undefined ? token : `${scheme} ${token}` };
  }

  /** @param {Persona} persona @param {import("./world.js").World} world */
  #ofWorld(persona, world) {
    if (persona.expired || persona.scopes !== undefined || this.credential?.kind !== "token") return undefined;
    return world.caller(persona)?.tokens?.[0];
  }

  /** @param {Persona} persona */
  #make(persona) {
    let token = this.#made.get(persona.key);
    if (token === undefined) {
      const { caller, scopes, expired } = persona;
      token = this.control.token({
        caller: /** @type {string} */ (caller),
        ...(scopes !== undefined && { scopes }),
        ...(expired && { "expires-in": 0 }),
      });
      // What failed is tried again.
      token.catch(() => this.#made.delete(persona.key));
      this.#made.set(persona.key, token);
    }
    return token;
  }

  /** Makes all anew: a server that was started again knows none of them. */
  forget() {
    this.#made.clear();
  }
}

/** Name and password as one word. @param {import("./types.d.ts").Caller | undefined} caller */
function pair(caller) {
  const { user = "", password = "" } = caller?.login ?? {};
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password}`)));
}
