import type { RejectedDatum } from "../worker/upload-files.ts";

/** The rejections as NDJSON, for a file: where each stands, why it did not get in, what the rules say, and the datum itself. */
export const rejectionsFile = (rejections: ReadonlyArray<RejectedDatum>): Blob =>
  new Blob(
    rejections.map((rejection) => `${JSON.stringify(rejection)}\n`),
    { type: "application/x-ndjson" }
  );
