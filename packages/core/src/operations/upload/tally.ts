import type { Kind } from "@tideway/schemas";
import { CountMismatch } from "../../contract/errors/client-error.ts";
import type { Counts, Receipt, Rejection } from "../../contract/receipt.ts";

type Outcome = "sent" | "unchanged" | "rejected" | "skipped";
type Tallied = { -readonly [K in keyof Counts]: number };

const zero = (): Tallied => ({ read: 0, sent: 0, unchanged: 0, rejected: 0, skipped: 0 });

/** Counts what becomes of every entry. */
export class Tally {
  private readonly total = zero();
  private readonly kinds = new Map<Kind | "unknown", Tallied>();
  private lastName: Kind | "unknown" | undefined;
  private last = zero();
  private readonly rejections: Array<Rejection> = [];
  private readonly keep: number;
  chunks = 0;
  requests = 0;
  removed = 0;
  /** Datums of which nobody knows whether they arrived. */
  inDoubt = 0;

  constructor(keepRejections: number) {
    this.keep = keepRejections;
  }

  /** An entry was taken from the source. */
  read(count = 1) {
    this.total.read += count;
  }

  /** It is known what became of an entry. */
  add(outcome: Outcome, kind: Kind | "unknown" | undefined, count = 1) {
    this.total[outcome] += count;
    const name = kind ?? "unknown";
    // Datums of a kind mostly come one after another.
    if (name !== this.lastName) {
      this.lastName = name;
      this.last = this.kinds.get(name) ?? zero();
      this.kinds.set(name, this.last);
    }
    this.last.read += count;
    this.last[outcome] += count;
  }

  reject(rejection: Rejection) {
    this.add(rejection.outcome, rejection.kind);
    if (this.rejections.length < this.keep) this.rejections.push(rejection);
  }

  /** Entries that were in the session already. */
  get unchanged(): number {
    return this.total.unchanged;
  }

  counts(): Counts {
    return { ...this.total };
  }

  /** Proves that every entry has exactly one outcome. */
  proof(): CountMismatch | undefined {
    const { read } = this.total;
    const known = this.settled();
    if (read === known) return undefined;
    return new CountMismatch({
      message: `${read} entries were read, but the outcome of ${known} is known. This is a fault in Tideway: please report it.`
    });
  }

  /** Entries whose outcome is known. */
  settled(): number {
    const { sent, unchanged, rejected, skipped } = this.total;
    return sent + unchanged + rejected + skipped;
  }

  receipt(rest: { sessionId: string; sessionOpened: boolean; elapsed: number }): Receipt {
    const kinds = Object.fromEntries([...this.kinds].map(([kind, counts]) => [kind, { ...counts }]));
    return {
      ...this.counts(),
      ...rest,
      inDoubt: this.inDoubt,
      notSent: this.total.read - this.settled() - this.inDoubt,
      removed: this.removed,
      chunks: this.chunks,
      requests: this.requests,
      kinds: kinds as Receipt["kinds"],
      rejections: [...this.rejections]
    };
  }
}
