import * as Effect from "effect/Effect";
import { LedgerFailed } from "./client-error.ts";
import type { Engine } from "./engine/engine.ts";

/** What a ledger threw: anything but its own error is a failure of it, such as a full disk. */
export const ledgerFailed = (cause: unknown): LedgerFailed =>
  cause instanceof LedgerFailed
    ? cause
    : new LedgerFailed({
        message: `The ledger failed (${cause instanceof Error ? cause.message : String(cause)}): nothing is lost.`,
        cause
      });

/** Lifts a call of the ledger. */
export const ledgerCall = <A>(call: () => Promise<A>): Effect.Effect<A, LedgerFailed> =>
  Effect.tryPromise({ try: call, catch: ledgerFailed });

/** The part of the client's ledger that belongs to a session, open as long as the scope; undefined where there is none. */
export const openLedger = (engine: Engine, sessionId: string) => {
  const { transport, userId, client, ledger } = engine.client;
  if (!ledger) return Effect.succeed(undefined);
  const scope = { server: transport.server, userId, clientName: client.name, sessionId };
  return Effect.acquireRelease(
    ledgerCall(() => ledger.open(scope)),
    // `Effect.ignore` says it better, and brings Effect's loggers into every web page: 2 kB compressed.
    (open) => Effect.result(ledgerCall(() => open.close()))
  );
};
