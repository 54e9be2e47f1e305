import type { SyncPass } from "@tideway/core/effect";
import { failureOf } from "../lifecycle/failure.ts";
import { counted, duration, number } from "../output/in-words.ts";

const extents = { all: "everything read", deep: "the last weeks read", recent: "", nothing: "" } as const;

const doneParts = ({ receipt, removed, unrecognised, extent }: Extract<SyncPass, { readonly outcome: "done" }>) => {
  if (receipt === undefined) return ["nothing has changed"];
  const { sent, unchanged, rejected, skipped } = receipt;
  return [
    `${number(sent)} sent`,
    `${number(unchanged)} already there`,
    ...(removed > 0 ? [`${number(removed)} removed`] : []),
    ...(rejected > 0 ? [`${number(rejected)} refused`] : []),
    ...(skipped > 0 ? [`${number(skipped)} left out`] : []),
    ...(unrecognised > 0 ? [`nothing removed, as ${counted(unrecognised, "record")} could not be read`] : []),
    ...(extents[extent] === "" ? [] : [extents[extent]])
  ];
};

/** One line of what a pass did, with the time at which it ended. Holds no health value. */
export const passLine = (pass: SyncPass, at: Date): string => {
  const time = `${at.toISOString().slice(0, 19)}Z`;
  if (pass.outcome === "done") return `${time}  ${pass.source}  ${doneParts(pass).join(", ")}`;
  const { message } = failureOf(pass.error);
  const again = pass.next === undefined ? "" : ` Again in ${duration(pass.next / 1000)}.`;
  return `${time}  ${pass.source}  failed: ${message}${again}`;
};

/** The same for programs. */
export const passEvent = (pass: SyncPass, at: Date) => {
  const common = {
    type: "pass",
    time: at.toISOString(),
    source: pass.source,
    outcome: pass.outcome,
    next: pass.next ?? null
  };
  if (pass.outcome === "failed") {
    const { code, message } = failureOf(pass.error);
    return { ...common, code, message, failures: pass.failures };
  }
  const { sent = 0, unchanged = 0, rejected = 0, skipped = 0, read = 0, sessionId = "" } = pass.receipt ?? {};
  const { extent, removed, unrecognised } = pass;
  return { ...common, extent, sessionId, read, sent, unchanged, rejected, skipped, removed, unrecognised };
};
