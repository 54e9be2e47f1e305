import type * as Effect from "effect/Effect";
import type { LedgerFailed } from "../contract/errors/client-error.ts";
import type { SessionLedger } from "../contract/ledger.ts";
import { ledgerCall } from "./open-ledger.ts";

/** A number that no request of any run has: those count from 0. */
const nobody = -1;

const invalidateThese = async (ledger: SessionLedger, originIds: ReadonlyArray<string>) => {
  if (originIds.length === 0) return;
  await ledger.begin({ chunk: nobody, originIds: [], begun: 0 }, originIds);
  await ledger.end(nobody);
};

/**
 * From now on the ledger claims no version of these datums, so that they are sent whatever they are. What may be in the session,
 * and what is inside what, stays known. Durable: a run that ends early leaves nothing behind that is taken for unchanged.
 */
export const invalidate = (
  ledger: SessionLedger,
  originIds: ReadonlyArray<string>
): Effect.Effect<void, LedgerFailed> => ledgerCall(() => invalidateThese(ledger, originIds));

/** The same for everything that the ledger knows; at the start of a run, before anything is seen or acknowledged. */
export const invalidateAll = (ledger: SessionLedger): Effect.Effect<void, LedgerFailed> =>
  ledgerCall(async () => {
    for await (const page of ledger.unseen()) {
      const claimed = page.filter(({ fingerprint }) => fingerprint !== "");
      await invalidateThese(
        ledger,
        claimed.map(({ originId }) => originId)
      );
    }
  });
