import { createClient, unknownDatums, type UploadOptions } from "@tideway/core";
import { readPending } from "../outbox/read-pending.ts";
import { settleBatch, type RefusedDatum } from "../outbox/settle-batch.ts";
import type { Settings } from "../settings.ts";
import type { FleetLimiter } from "../throttle/fleet-limiter.ts";
import { limitedTransport } from "../throttle/limited-transport.ts";
import type { Outcome } from "./outcome.ts";

/**
 * Uploads what waits for one user, batch by batch, until nothing does: core's `upload` as it is. Rejects with what ended an upload;
 * what that had not acknowledged is still in the outbox.
 */
export const uploadPending = async (
  settings: Settings,
  limiter: FleetLimiter,
  userId: string,
  signal: AbortSignal
): Promise<Outcome> => {
  const { app, ledger, source, upload } = settings;
  let pending = await readPending(settings, userId);
  if (pending.paused !== undefined) return { type: "paused" };
  if (pending.rowIds.length === 0 && !source) return { type: "done", sent: 0, refused: 0 };

  const client = createClient({
    transport: limitedTransport(await settings.transport(userId), limiter),
    userId,
    app,
    ...settings.client,
    ...(ledger ? { ledger } : {})
  });
  let sent = 0;
  let refused = 0;

  while (pending.rowIds.length > 0) {
    const { rowIds, datums, isPart } = pending;
    const rejected: Array<RefusedDatum> = [];
    const onRejected: UploadOptions["onRejected"] = (rejection) => {
      if (rejection.outcome === "rejected") rejected.push({ rejection, datum: datums[rejection.index] });
    };
    const receipt = await client.upload(unknownDatums(datums), { ...upload, signal, onRejected });
    await settleBatch(settings, userId, rowIds, rejected);
    sent += receipt.sent;
    refused += rejected.length;
    if (!isPart) break;
    if (signal.aborted) return { type: "handed-back", after: 0 };
    pending = await readPending(settings, userId);
  }

  const further = await source?.(userId, signal);
  if (further) {
    const receipt = await client.upload(further, { ...upload, signal });
    sent += receipt.sent;
    refused += receipt.rejected;
  }
  return { type: "done", sent, refused };
};
