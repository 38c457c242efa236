/** What must hold of one exchange. */

import { equal } from "../support/world.js";
import { isSilent, refusal, statuses, success, violationAnswers } from "./policy.js";
import { credentials, decided, decoded, decodedPart, means, operation, parsedJson, pathValues, shown, sorted, sum, violationStatuses } from "./plain.js";
import { lessKnown } from "./less-known.js";

/** @typedef {import("./exchanges.js").Exchange} Exchange */

export class Checks {
  /**
   * @param {object} about
   * @param {any} about.contract
   * @param {any} about.openapi
   * @param {any} about.policy
   * @param {import("../support/world.js").World} about.world
   * @param {{ deleted: Set<any> }} about.kept what was deleted since the case began
   * @param {boolean} about.fault whether the server fails
   * @param {(what: string) => void} about.count
   * @param {(why: string) => void} about.leave
   * @param {(what: string) => void} about.fail
   */
  constructor({ contract, openapi, policy, world, kept, fault, count, leave, fail }) {
    this.contract = contract;
    this.openapi = openapi;
    this.policy = policy;
    this.world = world;
    this.kept = kept;
    this.fault = fault;
    this.count = count;
    this.leave = leave;
    this.fail = fail;
    const [path, method] = operation(openapi, policy.operation);
    this.template = path;
    this.method = method;
  }

  /** @param {string} what @param {unknown} expected @param {unknown} got */
  same(what, expected, got) {
    const [one, other] = [shown(expected), shown(got)];
    if (one !== other) this.fail(`${what}: expected ${one}, got ${other}`);
  }

  /** @param {Exchange} exchange */
  exchange(exchange) {
    this.world.advance(exchange.advance);
    const { request, response } = exchange;
    const values = pathValues(this.template, request.path);
    if (values === undefined) return this.otherPath(exchange);
    const call = this.parsed(exchange);
    if (request.method !== this.method) {
      // What it answers when it succeeds is another operation's, and tells of no deletion.
      if (response.status >= 300) this.interpreted(exchange, call);
      return this.leave(`another method than ${this.method}, which parse is not given: only its refusals are read`);
    }
    const own = credentials(this.policy, request.headers);
    const caller = (own === undefined ? this.world.callers.find(({ id }) => id === exchange.caller) : this.world.callerOf(own)) ?? null;
    const { caller: told, facts, container } = this.world.knowledge(caller, exchange.scopes, this.containerId(call, values, exchange));
    const known = { caller: caller === null && own !== undefined ? { authenticated: false } : told, facts };
    const report = this.interpreted(exchange, call);
    if (this.fault) return this.leave("the server fails, which no fact foretells: only its answer is read");
    const refused = refusal(this.policy, known.caller, call.violations.length === 0);
    this.refused(exchange, refused);
    const forecast = this.contract.forecast(call, known);
    this.foretold(response, forecast, report, refused, own !== undefined && caller === null);
    this.withLess(call, known, forecast);
    this.changed(exchange, call, forecast, report, container);
  }

  /** @param {Exchange} exchange */
  otherPath({ request: { method, path, query, headers, bytes }, response: { status } }) {
    this.leave("another path than the bulk deletion's: parse refuses it");
    if (status < 300) this.setState(method, path);
    try {
      this.contract.parse({ path, query, headers, bytes });
      this.fail("parse took a path that is not the contract's");
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      this.count("paths refused");
    }
  }

  /** What an operation beside the bulk deletion has done to the state of something. @param {string} method @param {string} path */
  setState(method, path) {
    for (const [name, { do: does, id: at, state }] of Object.entries(this.policy.companions ?? {})) {
      if (does !== "set-state") continue;
      const [template, itsMethod] = operation(this.openapi, name);
      const values = itsMethod === method ? pathValues(template, path) : undefined;
      if (values !== undefined) this.world.setState(decodedPart(values[at.slice("/path/".length)]), state);
    }
  }

  /** The request, as bytes, as text and as a value: all must come to the same. @param {Exchange} exchange */
  parsed({ request: { path, query, headers, bytes }, value }) {
    const call = this.contract.parse({ path, query, headers, bytes });
    this.count("requests parsed from bytes");
    const text = decoded(bytes);
    if (text === undefined) this.leave("its body is no UTF-8, so that there is no text of it: parsed from bytes");
    else this.alike("text", call, this.contract.parse({ path, query, headers, text }));
    if (value !== undefined) this.alike("a value", call, this.contract.parse({ path, query, headers, body: value.value }));
    else if (bytes.length > 0) this.leave("its body is not JSON, or no value that JavaScript can hold: parsed from text and bytes");
    return call;
  }

  /** @param {string} form @param {any} call @param {any} other */
  alike(form, call, other) {
    this.count(`requests parsed from ${form}`);
    this.same(`violations from ${form}`, call.violations, other.violations);
    this.same(`ids from ${form}`, call.ids, other.ids);
  }

  /** @param {any} call @param {Record<string, string>} values @param {Exchange} exchange @returns {string | undefined} */
  containerId(call, values, exchange) {
    const at = this.policy.container?.id;
    if (at === undefined) return undefined;
    const name = at.slice(at.lastIndexOf("/") + 1);
    if (at.startsWith("/path/")) return decodedPart(values[name]);
    const body = exchange.value?.value ?? parsedJson(decoded(exchange.request.bytes));
    return typeof body?.[name] === "string" ? body[name] : undefined;
  }

  /** @param {Exchange} exchange @param {any} call */
  interpreted({ response, report: expected }, call) {
    if (response.text === undefined) {
      this.leave("its answer's body is not told: nothing to read");
      return undefined;
    }
    const { status, headers, text } = response;
    const report = this.contract.interpret(call, { status, headers, text });
    this.count("answers read");
    this.same("contradictions", [], report.contradictions);
    this.same("items", call.ids, report.items.map((/** @type {any} */ { id }) => id));
    this.same("the sum of the summary", report.items.length, sum(report.summary));
    if (status >= 400) {
      this.count("refusals read");
      const outcomes = new Set(report.items.map((/** @type {any} */ { gone, outcome }) => `${outcome} ${gone}`));
      // Something that was not found is gone in the sense that it is not there.
      outcomes.delete("not-found true");
      outcomes.delete(status < 500 ? "failed false" : "unknown null");
      this.same("items of a refusal that are told as something else", [], [...outcomes]);
    }
    if (expected !== undefined) {
      this.count("reports compared with the case's");
      this.same("report", expected.length, report.items.length);
      expected.forEach((row, index) => {
        const item = report.items[index] ?? {};
        for (const [key, value] of Object.entries(row)) this.same(`report/${index}/${key}`, value, item[key] ?? null);
      });
    }
    return report;
  }

  /** @param {Exchange} exchange @param {import("./policy.js").Refusal | undefined} refused */
  refused({ response: { status } }, refused) {
    this.count("violations held against the answer");
    if (refused !== undefined) {
      const possible = statuses(this.policy, refused);
      if (!possible.includes(status)) this.fail(`${refused.check} is not passed, and the answer is ${status}`);
    } else if (this.policy.atomicity === "each" ? status >= 300 : violationStatuses(this.policy).includes(status)) {
      this.fail(`all checks are passed, and the answer is ${status}`);
    }
  }

  /**
   * @param {Exchange["response"]} response
   * @param {any} forecast
   * @param {any} report
   * @param {import("./policy.js").Refusal | undefined} refused
   * @param {boolean} wrongCredentials whose cause the browser cannot know
   */
  foretold({ status }, forecast, report, refused, wrongCredentials) {
    this.count("forecasts from all facts");
    const { request, items } = forecast;
    if (status < 300) this.same("the request's verdict", "allow", request.verdict);
    else {
      this.same("the request's verdict", "deny", request.verdict);
      const answers = refused?.check === "valid" ? violationAnswers(this.policy) : [request.code];
      const known = answers.map((name) => (name === "violations" ? this.policy.violations.status : this.policy.answers[name]?.status));
      if (!known.includes(status)) this.fail(`the request's code ${request.code} is not of an answer ${status}`);
      if (report !== undefined && !wrongCredentials && refused?.check !== "valid") this.same("the answer", report.answer, request.code);
    }
    if (report === undefined) return;
    items.forEach((/** @type {any} */ item, /** @type {number} */ index) => this.item(item, report.items[index], status));
  }

  /** @param {any} foretold @param {any} told @param {number} status */
  item(foretold, told, status) {
    this.count("items foretold and read");
    const name = `item ${shown(foretold.id)}`;
    if (foretold.verdict === "unknown") return this.fail(`${name} is not known, with all facts`);
    if (foretold.verdict === "allow") {
      const readable = isSilent(this.policy, success(this.policy)) ? ["unknown"] : ["deleted", "accepted"];
      if (!readable.includes(told.outcome)) this.fail(`${name} is foretold to be deleted, and is read as ${told.outcome}`);
      return this.same(`${name}: gone`, true, told.gone);
    }
    if (status < 300) {
      if (isSilent(this.policy, foretold.code)) return this.same(`${name}: code`, undefined, told.code);
      if (!means(this.policy, foretold.code, told.code)) this.same(`${name}: code`, foretold.code, told.code);
      if (foretold.reason) this.same(`${name}: reason`, foretold.reason, told.reason);
      return this.same(`${name}: retry`, foretold.retry, told.retry);
    }
    if (told.outcome === "not-found") this.same(`${name}: code`, foretold.code, told.code);
  }

  /** With less known a forecast may be undecided; it is never another. @param {any} call @param {any} known @param {any} whole */
  withLess(call, known, whole) {
    for (const less of lessKnown(known)) {
      this.count("forecasts from some facts");
      const forecast = this.contract.forecast(call, less.knowledge);
      this.within(`${less.name}: request`, whole.request, forecast.request, "done");
      whole.items.forEach((/** @type {any} */ item, /** @type {number} */ index) => {
        this.within(`${less.name}: item ${index}`, item, forecast.items[index], success(this.policy));
      });
    }
  }

  /** @param {string} name @param {any} whole @param {any} verdict @param {string} done */
  within(name, whole, verdict, done) {
    if (verdict.verdict !== "unknown") return this.same(name, decided(whole), decided(verdict));
    const code = whole.verdict === "allow" ? done : whole.code;
    if (!verdict.possible.includes(code)) this.fail(`${name}: ${code} is not among ${verdict.possible.join(", ")}`);
    if (verdict.needs.length === 0) this.fail(`${name}: it is not known, and nothing is needed`);
  }

  /**
   * @param {Exchange} exchange
   * @param {any} call
   * @param {any} forecast
   * @param {any} report
   * @param {any} container
   */
  changed({ response, deleted: expected }, call, forecast, report, container) {
    const isSuccess = response.status < 300;
    const allowed = forecast.items.filter((/** @type {any} */ { verdict }) => isSuccess && verdict === "allow");
    const ids = allowed.map((/** @type {any} */ { id }) => id);
    if (report !== undefined) {
      const told = report.items.filter((/** @type {any} */ { outcome }) => outcome === "deleted" || outcome === "accepted");
      const silent = report.items.filter((/** @type {any} */ { outcome, gone }) => outcome === "unknown" && gone === true);
      this.same("what is told as deleted", silent.length > 0 ? [] : ids, told.map((/** @type {any} */ { id }) => id));
    }
    const now = this.world.delete(ids, container);
    // What fails later is back by the time the case looks.
    const failing = new Set(this.world.failing.map(({ resource }) => resource));
    for (const resource of now) this.kept.deleted.add(resource);
    if (expected === undefined) return;
    this.count("changes held against the answer");
    const ever = [...this.kept.deleted];
    const gone = ever.filter((resource) => failing.has(resource) || !this.world.resources.includes(resource));
    const resources = expected.filter((id) => ever.some((resource) => equal(resource.id, id, undefined)));
    this.same("what is deleted", sorted(gone.map(({ id }) => id)), sorted(resources));
    const isThere = (/** @type {any} */ id) => this.world.resources.some((resource) => equal(resource.id, id, undefined));
    const strange = expected.filter((id) => !resources.includes(id) && isThere(id));
    this.same("what is deleted beside", [], strange);
  }
}
