// Runs in a tab of a browser: what the tests of tabs have it do.
import { LedgerFailed, UploadStopped, createClient } from "@tideway/core";
import { createIndexedDbLedger } from "@tideway/core/browser";
import { createTransport, fixedToken } from "@tideway/transport";
import { appName, readings, token, userId } from "./readings.ts";

const clientOf = (url: string) =>
  createClient({
    transport: createTransport({ environment: url, credentials: fixedToken(token) }),
    userId,
    app: { name: appName, version: "1.0.0" },
    ledger: createIndexedDbLedger(),
    // The sandbox ends a request within milliseconds of its tab's end: no need to wait as long as a gateway may take.
    policy: { settling: { quiet: 1000 } }
  });

/** Finds or opens the session; tells which it is. */
export const ensure = async (url: string) => (await clientOf(url).session.ensure()).session.uploadId;

/** Uploads that many readings with the ledger of this browser, which another tab may hold for so long; tells what came of it. */
export const upload = async (url: string, count: number, busyTimeout = 0) => {
  try {
    const { sent, unchanged, requests } = await clientOf(url).upload(readings(count), { chunkSize: 50, busyTimeout });
    return { sent, unchanged, requests };
  } catch (error) {
    const cause = error instanceof UploadStopped ? error.cause : error;
    if (cause instanceof LedgerFailed) return { isBusy: cause.isBusy, message: cause.message };
    throw error;
  }
};
