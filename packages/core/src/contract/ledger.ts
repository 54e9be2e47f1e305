import type { Kind } from "@tideway/schemas";

/**
 * What a session is known to hold: origin id → fingerprint of the version that was acknowledged.
 *
 * Losing a ledger costs work, never correctness: what it does not know is sent again, which changes nothing.
 */
export interface Ledger {
  /**
   * The part of the ledger that belongs to one session. Rejects at once, with a `LedgerFailed` that `isBusy`, where another
   * run holds it: waiting is the engine's. `onDamage` is called, now or later, when what was known is lost and will be sent again, with one
   * sentence for people.
   */
  open(scope: LedgerScope, onDamage?: (message: string) => void): Promise<SessionLedger>;
  /**
   * Names what it is kept in: two ledgers with one place are one, and uploads of one process with it into one session queue
   * up. Default: each ledger is one of its own.
   */
  place?(): Promise<string>;
}

/**
 * Which session: ledgers of several accounts and servers may share one file. The id alone, because no two sessions have the
 * same, while one server may go by several names.
 */
export interface LedgerScope {
  readonly sessionId: string;
}

/** What a 200 acknowledged: who was the last to write an origin id. */
export interface Acknowledged {
  readonly originId: string;
  /**
   * Of the datum as the source gave it, or of the one around it; empty where the session may hold another version by now.
   */
  readonly fingerprint: string;
  /** `unknown` where it is not known whether it arrived, `inside` where it was a part of another datum. */
  readonly kind: Kind | "unknown" | "inside";
  /** Origin ids of the datums inside it; of one that is `inside`, the id of the one around it. */
  readonly children: ReadonlyArray<string>;
}

/** A request whose effect is not known: it may still be running on the server. */
export interface InDoubtWrite {
  /** The request's number in its run: one for all tries of a chunk, or of a deletion. */
  readonly chunk: number;
  /** All ids in it, those of embedded datums included. */
  readonly originIds: ReadonlyArray<string>;
  /** When it was begun, in milliseconds since 1970; one that has ended is written down as begun long ago. */
  readonly begun: number;
}

/** One session's part, held open (and locked against a second writer) until closed. */
export interface SessionLedger {
  /** What is known of these ids, in one go. */
  get(originIds: ReadonlyArray<string>): Promise<ReadonlyMap<string, Acknowledged>>;
  /**
   * A chunk is about to be sent, or something deleted: `outdated` names ids that, where they are known, from now on may be
   * overwritten or gone. Their fingerprints become empty, and equal none; what was inside them stays known. Durable when it
   * resolves.
   */
  begin(write: InDoubtWrite, outdated: ReadonlyArray<string>): Promise<void>;
  /** Remembers what a 200 acknowledged. May be lost with the process, where the chunk is in doubt then: that costs work only. */
  acknowledge(entries: ReadonlyArray<Acknowledged>): Promise<void>;
  /** None of these requests is running any more. */
  end(chunk: number): Promise<void>;
  /** What earlier runs began and did not end. */
  inDoubtWrites(): Promise<ReadonlyArray<InDoubtWrite>>;
  /**
   * These may be in the session, in whatever version: from now on known like what an earlier run acknowledged, those that
   * are known already with these inside them. What earlier runs began before that time is no longer in doubt. All of it
   * or nothing, and durable, when it resolves.
   */
  suspect(entries: ReadonlyArray<Acknowledged>, before: number): Promise<void>;
  /** Forgets, before or after a deletion. Durable when it resolves. */
  forget(originIds: ReadonlyArray<string>): Promise<void>;
  /** Marks that these datums, as far as known, are in the source of this run: for a mirror. */
  see(originIds: ReadonlyArray<string>): Promise<void>;
  /** What is known and was neither seen nor acknowledged since the ledger was opened: for a mirror. */
  unseen(): AsyncIterable<ReadonlyArray<Acknowledged>>;
  /** What `keepSamples` kept last. Optional: without it the spot check at the start of a run sees less. */
  samples?(): Promise<Samples>;
  /** Keeps this, some 80 kB, instead of what was kept before. */
  keepSamples?(samples: Samples): Promise<void>;
  close(): Promise<void>;
}

/** A datum that was acknowledged, and how to recognise it in the session. */
export interface Sample {
  readonly originId: string;
  /** As in `Acknowledged`: of the version that this is about. */
  readonly fingerprint: string;
  readonly type: string;
  /** Of the datum itself, in milliseconds since 1970. */
  readonly time: number;
  /** Of what the platform should have made of it. */
  readonly print: string;
}

/** What the spot check at the start of a run compares with the session. */
export interface Samples {
  /** In the order in which they were acknowledged. */
  readonly datums: ReadonlyArray<Sample>;
  /** What an earlier spot check found that sending everything again did not change. */
  readonly odd: ReadonlyArray<string>;
}
