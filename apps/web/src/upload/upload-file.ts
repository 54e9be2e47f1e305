import type { Progress, Receipt, Rejection, Verification } from "@tideway/core";
import { readTidepool } from "@tideway/sources";
import { tabTidepool } from "./tab-tidepool.ts";

/** What an upload came to. */
export interface Outcome {
  readonly receipt: Receipt;
  /** Every rejection and skip; the receipt holds the first only. */
  readonly rejections: ReadonlyArray<Rejection>;
  /** What reading the session back found. */
  readonly verification: Verification;
}

/** What to tell while it runs. */
export interface UploadFileOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (event: Progress) => void;
  /** All is sent; the session is being read back. */
  readonly onChecking: () => void;
}

/** Uploads a file into the Tidepool in this tab, then reads the session back and compares it with the file. */
export const uploadFile = async (
  file: File,
  { signal, onProgress, onChecking }: UploadFileOptions
): Promise<Outcome> => {
  const client = await tabTidepool();
  const rejections: Array<Rejection> = [];
  const receipt = await client.upload(readTidepool(file.stream()), {
    signal,
    onProgress,
    onRejected: (rejection) => rejections.push(rejection)
  });
  onChecking();
  const verification = await client.verify(readTidepool(file.stream()), { signal });
  return { receipt, rejections, verification };
};
