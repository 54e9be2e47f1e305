import * as Effect from "effect/Effect";
import { LedgerFailed } from "../contract/errors/client-error.ts";
import type { Ledger, SessionLedger } from "../contract/ledger.ts";
import type { Engine } from "../engine/engine.ts";
import { KeyedLock } from "../engine/keyed-lock.ts";

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

/** How often it is checked whether another program still holds the ledger, in milliseconds. */
const pollInterval = 250;

/** How long a ledger may take to open before that is told, in milliseconds. */
const noticeable = 1000;

/** Uploads of this process with one ledger into one session run one after another. */
const locks = new KeyedLock();

let made = 0;
const ownPlaces = new WeakMap<Ledger, string>();

/** Where a ledger is; one that does not say so is a place of its own. */
const placeOf = async (ledger: Ledger): Promise<string> => {
  if (ledger.place) return ledger.place();
  const own = ownPlaces.get(ledger) ?? `ledger ${++made}`;
  ownPlaces.set(ledger, own);
  return own;
};

/** What was opened, in the hands of the scope from the first moment on: an interruption comes whenever it wants. */
class Holder {
  private open: SessionLedger | undefined;
  private isOver = false;

  /** Tries once to open the session's part. */
  fill(
    ledger: Ledger,
    sessionId: string,
    onDamage: (message: string) => void
  ): Effect.Effect<SessionLedger, LedgerFailed> {
    return ledgerCall(async () => {
      const open = await ledger.open({ sessionId }, onDamage);
      this.open = open;
      // Nobody waits for it any more.
      if (this.isOver) await this.close();
      return open;
    });
  }

  async close() {
    this.isOver = true;
    const { open } = this;
    this.open = undefined;
    await open?.close();
  }
}

/** Reports a wait where an operation takes longer than a moment. */
const withNotice = <A, E>({ onWait }: Engine, operation: Effect.Effect<A, E>): Effect.Effect<A, E> => {
  const reason = "The ledger takes long to open.";
  const report = Effect.flatMap(Effect.sleep(noticeable), () => {
    onWait({ reason, milliseconds: noticeable, attempt: 0 });
    return Effect.never;
  });
  return Effect.raceFirst(operation, report);
};

/** Opens it as soon as no other program has it open, or fails after the time that the operation was given. */
const untilFree = (engine: Engine, open: Effect.Effect<SessionLedger, LedgerFailed>) =>
  Effect.gen(function* () {
    const { busyTimeout, onWait } = engine;
    for (let waited = 0; ; waited += pollInterval) {
      const result = yield* Effect.result(withNotice(engine, open));
      if (result._tag === "Success") return result.success;
      const left = busyTimeout - waited;
      if (result.failure.isBusy !== true || !(left > 0)) return yield* Effect.fail(result.failure);
      const reason = "Another program uses the ledger for this session: waiting until it has ended.";
      if (waited === 0) onWait({ reason, milliseconds: left, attempt: 0 });
      yield* Effect.sleep(Math.min(pollInterval, left));
    }
  });

/**
 * The part of the client's ledger that belongs to a session, open as long as the scope; undefined where there is none.
 * Waits for its turn as long as other operations of this process have it, and for another program no longer than
 * `busyTimeout`.
 */
export const openLedger = (engine: Engine, sessionId: string) =>
  Effect.gen(function* () {
    const { ledger } = engine.client;
    if (!ledger) return undefined;
    const place = yield* ledgerCall(() => placeOf(ledger));
    yield* locks.acquire(`${place} ${sessionId}`);
    const holder = new Holder();
    // `Effect.ignore` says it better, and brings Effect's loggers into every web page: 2 kB compressed.
    yield* Effect.addFinalizer(() => Effect.result(ledgerCall(() => holder.close())));
    const onDamage = (message: string) => engine.onLedger({ state: "damaged", message });
    return yield* untilFree(engine, holder.fill(ledger, sessionId, onDamage));
  });
