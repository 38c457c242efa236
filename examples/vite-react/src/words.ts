/** How outcomes are called on the page. */

import type { Forecast, Report } from "./contract.ts";

export function foretold(item: Forecast["items"][number] | undefined): string {
  switch (item?.verdict) {
    case "allow":
      return "Will be deleted.";
    case "deny":
      return item.reason ?? item.code;
    case "unknown":
      return `Not known without: ${item.needs.map(({ fact }) => fact).join(", ")}`;
    case undefined:
      return "";
  }
}

const OUTCOMES: Record<Report["items"][number]["outcome"], string> = {
  "deleted": "Deleted.",
  "accepted": "Being deleted.",
  "not-found": "Not found.",
  "failed": "Not deleted.",
  "not-sent": "Not sent.",
  "unknown": "Nobody knows.",
};

export function happened(item: Report["items"][number]): string {
  return item.reason ?? OUTCOMES[item.outcome];
}

const RETRIES = { "now": "may be tried again", "after-change": "may be tried again after a change", "never": "" };

export function advice({ retry, gone }: Report["items"][number]): string {
  return gone === true ? "" : RETRIES[retry];
}
