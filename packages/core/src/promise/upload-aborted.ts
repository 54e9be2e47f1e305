import { UploadAborted } from "../contract/errors/client-error.ts";
import type { Receipt } from "../contract/receipt.ts";

/** In the words of whoever aborted it: they are the caller's own. */
const why = (reason: unknown): string =>
  reason instanceof Error && reason.message !== "" ? ` (${reason.message})` : "";

/** The error of an upload whose signal fired, with what is certain of it and what is not. */
export const uploadAborted = (reason: unknown, receipt: Receipt): UploadAborted => {
  const { sent, inDoubt, notSent } = receipt;
  const message = `The upload was aborted${why(reason)}: of the datums that were read, ${sent} were sent, ${inDoubt} may have been, and ${notSent} were not.`;
  return new UploadAborted({ message, cause: reason, receipt });
};
