import { UploadAborted } from "../client-error.ts";
import type { Receipt } from "../receipt.ts";

/** The error of an upload whose signal fired, with what is certain of it and what is not. */
export const uploadAborted = (reason: unknown, receipt: Receipt): UploadAborted => {
  const { sent, inDoubt, notSent } = receipt;
  const message = `The upload was aborted: of the datums that were read, ${sent} were sent, ${inDoubt} may have been, and ${notSent} were not.`;
  return new UploadAborted({ message, cause: reason, receipt });
};
