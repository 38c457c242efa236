/**
 * The five APIs, as a newcomer is told of them, and who may call each. What they do is in their contracts, not here. What a server
 * has beside them tells of itself: `own.js` reads it.
 */

/** @typedef {import("./types.d.ts").Api} Api */
/** @typedef {import("./types.d.ts").Persona} Persona */

/** @type {Persona} */
const EXPIRED = {
  key: "expired",
  label: "Ada, whose token has expired",
  hint: "The credentials no longer hold, whoever they belong to.",
  caller: "ada",
  expired: true,
};
/** @type {Persona} */
export const NOBODY = { key: "nobody", label: "Nobody: no token at all", hint: "The request goes without credentials.", caller: null };

/** @param {string} caller @param {string} label @param {string} hint @returns {Persona} */
function persona(caller, label, hint) {
  return { key: caller, caller, label, hint };
}

/** What lets somebody delete a thing that they could not. */
export const SHARE = { label: "Share it" };
export const OWN = { label: "Make it the caller’s" };
export const CLEAR = { label: "Clear the obstacle" };

/** @type {readonly Api[]} */
export const APIS = [
  {
    name: "anaplan-models",
    title: "Anaplan models",
    thing: "model",
    things: "models",
    place: "Workspace",
    answers: "Each on its own; failures are listed",
    ids: "text",
    callers: [
      persona("ada", "Ada, administrator", "Administers both workspaces."),
      persona("bob", "Bob, ordinary member", "Works here; the role of an administrator is missing."),
      EXPIRED,
      persona("cleo", "Cleo, somebody else", "Administers another workspace only."),
      persona("dan", "Dan, administrator who sees little", "Administers this workspace, but no model was shared with him."),
      NOBODY,
    ],
    obstacles: { "state-is-not": { label: "Close the model", state: "closed" }, accessible: SHARE, deletable: CLEAR },
  },
  {
    name: "seismic-programs",
    title: "Seismic programs",
    thing: "program",
    things: "programs",
    place: "Space",
    answers: "All or nothing, then in the background",
    ids: "text",
    option: { name: "deleteTasks", label: "Also delete the programs’ tasks" },
    callers: [
      persona("ada", "Ada, administrator", "May manage, update and delete programs."),
      persona("bob", "Bob, ordinary member", "May update programs, not delete them."),
      EXPIRED,
      persona("dan", "Dan, missing scope", "His token may only view programs."),
      persona("cleo", "Cleo, somebody else", "Works in another space."),
      persona("eva", "Eva, half the permissions", "May delete programs, but not update them."),
      NOBODY,
    ],
    obstacles: { accessible: SHARE },
  },
  {
    name: "aisquare-experiences",
    title: "AISquare experiences",
    thing: "experience",
    things: "experiences",
    place: "",
    answers: "Others’ are simply “not found”",
    ids: "integer",
    callers: [
      persona("ada", "Ada, who made most of them", "Everybody may delete what is their own, and nothing else."),
      persona("bob", "Bob, ordinary member", "Made a few of them."),
      EXPIRED,
      persona("cleo", "Cleo, somebody else", "Made one of them."),
      persona("dan", "Dan, who made none", "Sees all of them, and owns none."),
      NOBODY,
    ],
    obstacles: { owned: OWN },
  },
  {
    name: "codearts-applications",
    title: "CodeArts applications",
    thing: "application",
    things: "applications",
    place: "Project",
    answers: "Each on its own, at most 50 at once",
    ids: "text",
    callers: [
      persona("ada", "Ada, administrator", "May delete applications of both projects."),
      persona("bob", "Bob, missing permission", "Sees the project; the permission to delete applications in it is missing."),
      EXPIRED,
      persona("cleo", "Cleo, somebody else", "Works in another project."),
      persona("dan", "Dan, another administrator", "May delete, and owns what others cannot see."),
      NOBODY,
    ],
    obstacles: { accessible: SHARE, deletable: CLEAR },
  },
  {
    name: "workspace-scheduled-tasks",
    title: "Workspace scheduled tasks",
    thing: "scheduled task",
    things: "scheduled tasks",
    place: "Project",
    answers: "200 with an empty body, whatever happened",
    ids: "text",
    callers: [
      persona("ada", "Ada, administrator", "May delete the scheduled tasks of both projects."),
      persona("bob", "Bob, missing permission", "Sees the project; the permission to delete its scheduled tasks is missing."),
      EXPIRED,
      persona("cleo", "Cleo, somebody else", "Works in another project."),
      persona("dan", "Dan, another administrator", "May delete; some tasks are hidden from him."),
      NOBODY,
    ],
    obstacles: { accessible: SHARE },
  },
];

/**
 * What there is to choose at a server: of the five those that it serves, and then what it was given beside them.
 *
 * @param {import("./control.js").Control} control
 * @returns {Promise<readonly Api[]>}
 */
export async function offered(control) {
  const served = await control.contracts();
  const isOwn = (/** @type {{ name: string, origin?: string }} */ { name, origin }) =>
    origin === "given" || !APIS.some((api) => api.name === name);
  const builtIn = new Set(served.filter((each) => !isOwn(each)).map(({ name }) => name));
  const known = APIS.filter(({ name }) => builtIn.has(name));
  const own = served.filter(isOwn);
  if (own.length === 0) return known;
  const { described } = await import("./own.js");
  return [...known, ...(await Promise.all(own.map(async ({ name }) => described(name, await control.documents(name)))))];
}

/** @param {readonly Api[]} apis @param {string | null} name */
export function apiNamed(apis, name) {
  return apis.find((api) => api.name === name) ?? apis[0];
}

/** @param {Api} api @param {string | null} key */
export function personaOf(api, key) {
  return api.callers.find((each) => each.key === key) ?? api.callers[0] ?? NOBODY;
}
