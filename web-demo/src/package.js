/**
 * The npm package, from its own folder beside the page: the one file that knows where that is. An export of the page puts the
 * package elsewhere, and changes only these paths.
 */

export { EngineError, load } from "../../wasm/js/src/index.js";

/** The contracts of the package, each loaded when it is wanted. @type {Readonly<Record<string, () => Promise<{ default: any }>>>} */
export const CONTRACTS = {
  "anaplan-models": () => import("../../wasm/js/dist/contracts/anaplan-models.js"),
  "seismic-programs": () => import("../../wasm/js/dist/contracts/seismic-programs.js"),
  "aisquare-experiences": () => import("../../wasm/js/dist/contracts/aisquare-experiences.js"),
  "codearts-applications": () => import("../../wasm/js/dist/contracts/codearts-applications.js"),
  "workspace-scheduled-tasks": () => import("../../wasm/js/dist/contracts/workspace-scheduled-tasks.js"),
};

/**
 * The whole mock, in this page: the same code as the server's. It is large, and loaded only where it is wanted.
 *
 * @param {readonly string[]} names of the package's contracts
 * @param {readonly import("../../wasm/js/mock.js").MockContract[]} own others
 */
export async function makeMock(names, own) {
  const [{ createMock }, ...contracts] = await Promise.all([
    import("../../wasm/js/src/mock/index.js"),
    import("../../wasm/js/dist/mock/contracts/anaplan-models.js"),
    import("../../wasm/js/dist/mock/contracts/seismic-programs.js"),
    import("../../wasm/js/dist/mock/contracts/aisquare-experiences.js"),
    import("../../wasm/js/dist/mock/contracts/codearts-applications.js"),
    import("../../wasm/js/dist/mock/contracts/workspace-scheduled-tasks.js"),
  ]);
  const wanted = contracts.map((each) => each.default).filter(({ name = "" }) => names.includes(name));
  return createMock({ contracts: [...wanted, ...own] });
}
