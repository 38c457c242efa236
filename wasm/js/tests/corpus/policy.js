/** What a policy says, read plainly: which answer a request comes to, and what the answers' statuses are. */

/** A refusal of a whole request. @typedef {{ check: string, answers: string[] }} Refusal */

/**
 * The first check of the caller that is not passed; `undefined` where all are.
 *
 * @param {any} policy
 * @param {any} caller `null` without credentials
 * @param {boolean} valid whether the request is
 * @returns {Refusal | undefined}
 */
export function refusal(policy, caller, valid) {
  const failed = policy.checks.caller.find((/** @type {any} */ check) => !passes(check, caller, valid));
  if (failed === undefined) return undefined;
  const otherwise = failed.else;
  return { check: failed.check, answers: typeof otherwise === "string" ? [otherwise] : Object.values(otherwise) };
}

/** @param {any} check @param {any} caller @param {boolean} valid */
function passes(check, caller, valid) {
  const has = (/** @type {string[]} */ own) => {
    const all = check["all-of"] ?? [];
    const any = check["any-of"];
    return all.every((/** @type {string} */ name) => own.includes(name)) && (any === undefined || any.some((/** @type {string} */ name) => own.includes(name)));
  };
  switch (check.check) {
    case "valid":
      return valid;
    case "authenticated":
      return caller !== null && caller.authenticated === true;
    case "scope":
      return has(caller?.scopes ?? []);
    case "role":
      return has(caller?.roles ?? []);
    case "permission":
      return has(caller?.permissions ?? []);
    case "container-exists":
      return caller?.containerExists === true;
    case "container-accessible":
      return caller?.containerAccessible === true;
    default:
      throw new Error(`no check of a caller is called ${check.check}`);
  }
}

/** The statuses of the answers to a refusal. @param {any} policy @param {Refusal} refused @returns {number[]} */
export function statuses(policy, { check, answers }) {
  if (check !== "valid") return answers.map((name) => policy.answers[name].status);
  const { status, rules = [] } = policy.violations;
  const named = rules.filter((/** @type {any} */ rule) => rule.answer !== undefined);
  return [status, ...named.map((/** @type {any} */ rule) => policy.answers[rule.answer].status)];
}

/** The names of the answers by which a policy tells violations. @param {any} policy @returns {string[]} */
export function violationAnswers(policy) {
  const { rules = [] } = policy.violations;
  return ["violations", ...rules.flatMap((/** @type {any} */ rule) => rule.answer ?? [])];
}

/** Whether an answer is silent about this outcome. @param {any} policy @param {string} outcome */
export function isSilent(policy, outcome) {
  return (policy.silent ?? []).some((/** @type {string[]} */ group) => group.includes(outcome));
}

/** The name of the outcome of what is deleted. @param {any} policy */
export function success(policy) {
  const [name] = Object.entries(policy.outcomes).find(([, { is }]) => is === "deleted" || is === "accepted") ?? [];
  return /** @type {string} */ (name);
}
