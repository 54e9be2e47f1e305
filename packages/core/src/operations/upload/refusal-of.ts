import type { Culprit } from "../../contract/policy.ts";
import type { Refusal } from "../../prepare/rejection.ts";

/** Why the server does not take a datum, for the receipt. */
export const refusalOf = ({ code, issues }: Culprit): Refusal => {
  const by = "server";
  if (code === "too-large") {
    const message = "The server refuses a request of this size, even with this datum alone.";
    return { outcome: "rejected", by, code, message, issues };
  }
  const [first] = issues;
  const message = first
    ? `${first.pointer || "The datum"}: ${first.message}`
    : "The server refused it without a reason.";
  return { outcome: "rejected", by, code, message, issues };
};
