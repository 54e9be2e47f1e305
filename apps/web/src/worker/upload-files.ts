import type { Client, Progress, Receipt, Rejection, Verification } from "@tideway/core";
import { openSource } from "@tideway/sources";
import { datumsAt } from "./datums-at.ts";
import type { Selection } from "./messages.ts";
import type { PauseSwitch } from "./pause-switch.ts";

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
  /** Lets the upload be paused. Default: it cannot be. */
  readonly pause?: PauseSwitch;
}

/** What only the server refused is told as refused: that it is not there is no fault of its own. */
const withoutRefused = (verification: Verification, refused: ReadonlyArray<Rejection>): Verification => {
  const ids = new Set(refused.flatMap(({ by, originId }) => (by === "server" ? (originId ?? []) : [])));
  const differences = verification.differences.filter(
    ({ found, originId }) => found !== "missing" || !ids.has(originId)
  );
  const known = verification.differences.length - differences.length;
  return { ...verification, differences, expected: verification.expected - known };
};

/** Uploads files, then reads the session back and compares it with them. */
export const uploadFiles = async (
  client: Client,
  { files, answers, now }: Selection,
  { signal, onProgress, onChecking, pause }: UploadFilesOptions
): Promise<Outcome> => {
  const source = await openSource(files, { ...answers, now });
  const refused: Array<Rejection> = [];
  const receipt = await client.upload(() => pause?.holding(source, signal) ?? source, {
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
    const verification = await client.verify(() => source, { signal });
    return { receipt, rejections, verification: withoutRefused(verification, refused) };
  } catch (error) {
    // All is sent: that must not get lost because reading back was stopped, or failed.
    const unchecked = signal.aborted ? "it was stopped" : error instanceof Error ? error.message : String(error);
    return { receipt, rejections, unchecked };
  }
};
