/** A `fetch` that answers as it is told to, and remembers what it was asked. */

import { setTimeout as sleep } from "node:timers/promises";

/** @typedef {{ url: string, method: string, headers: Record<string, string>, ids: string[], signal: AbortSignal | undefined }} Asked */
/** @typedef {Response | Error | ((asked: Asked) => Response | Promise<Response>)} Answer */

export class Scripted {
  /** @param {readonly Answer[]} answers in turn; what is asked behind them succeeds */
  constructor(answers = [], { delay = 0 } = {}) {
    this.answers = [...answers];
    this.delay = delay;
    /** @type {Asked[]} */
    this.asked = [];
    this.open = 0;
    /** The most requests that were open at once. */
    this.most = 0;
  }

  /** @returns {(url: string, init: any) => Promise<Response>} */
  get fetch() {
    return async (url, { method, headers, body, signal }) => {
      const asked = { url, method, headers: Object.fromEntries(headers), ids: JSON.parse(body).application_ids, signal };
      this.asked.push(asked);
      this.open += 1;
      this.most = Math.max(this.most, this.open);
      try {
        if (this.delay > 0) await sleep(this.delay, undefined, { signal });
        const answer = this.answers.shift() ?? success;
        if (answer instanceof Error) throw answer;
        return answer instanceof Response ? answer : await answer(asked);
      } finally {
        this.open -= 1;
      }
    };
  }
}

/** Everything that was asked for is deleted. @param {Asked} asked */
export function success({ ids }) {
  const result = ids.map((application_id) => ({ application_id, error_reason: "", status: "success" }));
  return Response.json({ result, total_num: ids.length });
}

/** Nothing of it is there. @param {Asked} asked */
export function missing({ ids }) {
  const result = ids.map((application_id) => ({ application_id, error_reason: "The application does not exist.", status: "error" }));
  return Response.json({ result, total_num: ids.length });
}

/** @param {number} code @param {Record<string, string>} [headers] */
export function status(code, headers) {
  return new Response("", { status: code, headers });
}
