// Runs in a tab of a browser: what the tests of tabs have it do.
import { LedgerFailed, UploadStopped, createClient } from "@tideway/core";
import { createIndexedDbLedger } from "@tideway/core/browser";
import { createTransport, fixedToken } from "@tideway/transport";
import { clientName, readings, token, userId } from "./readings.ts";

/** Uploads that many readings with the ledger of this browser; tells what came of it. */
export const upload = async (url: string, count: number) => {
  const client = createClient({
    transport: createTransport({ environment: url, credentials: fixedToken(token) }),
    userId,
    client: { name: clientName, version: "1.0.0" },
    ledger: createIndexedDbLedger(),
    // The sandbox ends a request within milliseconds of its tab's end: no need to wait as long as a gateway may take.
    policy: { settling: { quiet: 1000, lookAgain: 20 } }
  });
  try {
    const { sent, unchanged, requests } = await client.upload(readings(count), { chunkSize: 50 });
    return { sent, unchanged, requests };
  } catch (error) {
    const cause = error instanceof UploadStopped ? error.cause : error;
    if (cause instanceof LedgerFailed) return { isBusy: cause.isBusy, message: cause.message };
    throw error;
  }
};
