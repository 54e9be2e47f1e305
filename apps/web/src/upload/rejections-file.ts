import type { Rejection } from "@tideway/core";

/** The rejections as NDJSON, for a file: where each stands, why it did not get in, and what the rules say. */
export const rejectionsFile = (rejections: ReadonlyArray<Rejection>): Blob =>
  new Blob(
    rejections.map((rejection) => `${JSON.stringify(rejection)}\n`),
    { type: "application/x-ndjson" }
  );
