import type { Client, Progress, Receipt, Rejection, Verification } from "@tideway/core";
import { openSource } from "@tideway/sources";
import { datumsAt } from "./datums-at.ts";
import type { Selection } from "./messages.ts";

/** A rejection together with the datum that it is about, where there was one: what a person saves, mends and sends again. */
export type RejectedDatum = Rejection & { readonly datum?: unknown };

/** What an upload came to. */
export interface Outcome {
  readonly receipt: Receipt;
  /** Every rejection and skip; the receipt holds the first only. */
  readonly rejections: ReadonlyArray<RejectedDatum>;
  /** What reading the session back found; undefined where nothing of the files is in it. */
  readonly verification?: Verification;
  /** Why reading back ended early, where it did: the receipt holds all the same. */
  readonly unchecked?: string;
}

/** What to tell while it runs. */
export interface UploadFilesOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (event: Progress) => void;
  /** All is sent; the session is being read back. */
  readonly onChecking: () => void;
}

/** Uploads files, then reads the session back and compares it with them. */
export const uploadFiles = async (
  client: Client,
  { files, answers, now }: Selection,
  { signal, onProgress, onChecking }: UploadFilesOptions
): Promise<Outcome> => {
  const source = await openSource(files, { ...answers, now });
  const refused: Array<Rejection> = [];
  const receipt = await client.upload(() => source, {
    signal,
    onProgress,
    onRejected: (rejection) => refused.push(rejection)
  });
  const datums = await datumsAt(source, new Set(refused.map(({ index }) => index)));
  const rejections = refused.map((rejection) =>
    datums.has(rejection.index) ? { ...rejection, datum: datums.get(rejection.index) } : rejection
  );
  if (receipt.sent + receipt.unchanged === 0) return { receipt, rejections };
  onChecking();
  try {
    return { receipt, rejections, verification: await client.verify(() => source, { signal }) };
  } catch (error) {
    // All is sent: that must not get lost because reading back was stopped, or failed.
    const unchecked = signal.aborted ? "it was stopped" : error instanceof Error ? error.message : String(error);
    return { receipt, rejections, unchecked };
  }
};
