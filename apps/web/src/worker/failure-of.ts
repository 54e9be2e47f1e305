import { isUploadAborted, isUploadStopped, type Receipt } from "@tideway/core";
import { InvalidOption, UnreadableInput } from "@tideway/sources";
import { formatCount, formatNumber } from "../format/number.ts";
import type { Failure } from "./messages.ts";

/** What is certain of an upload that ended early, and what is not. */
const soFar = ({ sent, unchanged, inDoubt }: Receipt): string => {
  const there = sent + unchanged;
  const doubt = inDoubt > 0 ? ` Of ${formatNumber(inDoubt)} more it is not known.` : "";
  return `${there === 0 ? "Nothing" : formatCount(there, "datum")} of it ${there <= 1 ? "is" : "are"} in the sandbox.${doubt} Send it again to send the rest: nothing is doubled.`;
};

/** All that an error was caused by, itself first. */
const causesOf = (error: unknown): ReadonlyArray<unknown> => {
  const causes: Array<unknown> = [];
  for (
    let cause = error;
    cause !== undefined && causes.length < 8;
    cause = cause instanceof Error ? cause.cause : undefined
  )
    causes.push(cause);
  return causes;
};

/** Browsers tell so that a file on disk is no longer the one that was chosen. */
const isGone = (cause: unknown): boolean =>
  cause instanceof DOMException && (cause.name === "NotReadableError" || cause.name === "NotFoundError");

const reasonOf = (error: unknown): string => {
  const causes = causesOf(error);
  if (causes.some(isGone))
    return "The file can no longer be read: it was changed, moved or deleted since it was chosen. Choose it again.";
  const last = causes.findLast((cause) => cause instanceof Error);
  return last instanceof Error ? last.message : String(error);
};

/** An error in words for people, as it can be sent to the page. */
export const failureOf = (error: unknown, signal: AbortSignal, task: "open" | "upload"): Failure => {
  const isStopped = signal.aborted;
  // A preview is an upload to nowhere: nothing is to be told of what it left there.
  const left =
    task === "upload" && (isUploadAborted(error) || isUploadStopped(error)) ? ` ${soFar(error.receipt)}` : "";
  if (isUploadAborted(error)) return { code: "failed", message: `Stopped.${left}`, isStopped };
  const own = causesOf(error).find((cause) => cause instanceof UnreadableInput || cause instanceof InvalidOption);
  if (own instanceof UnreadableInput) return { code: own.code, message: `${own.message}${left}`, isStopped };
  if (own instanceof InvalidOption) return { code: "invalid-option", message: `${own.message}${left}`, isStopped };
  return { code: "failed", message: `${reasonOf(error)}${left}`, isStopped };
};
