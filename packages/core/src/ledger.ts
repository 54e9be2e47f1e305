/**
 * What a session is known to hold: origin id → fingerprint of the version that was acknowledged.
 *
 * Losing a ledger costs work, never correctness: what it does not know is sent again, which changes nothing.
 */
export interface Ledger {
  /** The part of the ledger that belongs to one session of one server. */
  open(scope: LedgerScope): Promise<SessionLedger>;
}

/** Which session: ledgers of several accounts and servers may share one file. */
export interface LedgerScope {
  readonly server: string;
  readonly userId: string;
  readonly clientName: string;
  readonly sessionId: string;
}

/** One session's part, held open (and locked against a second writer) until closed. */
export interface SessionLedger {
  /** Fingerprints of those ids that are known, in one go. */
  get(originIds: ReadonlyArray<string>): Promise<ReadonlyMap<string, string>>;
  /** Remembers what a 200 acknowledged; durable when it resolves. */
  put(entries: ReadonlyArray<readonly [originId: string, fingerprint: string]>): Promise<void>;
  /** Forgets, before an outcome becomes unknown or after a deletion. */
  forget(originIds: ReadonlyArray<string>): Promise<void>;
  /** Every known origin id, for a mirror. */
  ids(): AsyncIterable<ReadonlyArray<string>>;
  close(): Promise<void>;
}
