import type { Item } from "../../contract/item.ts";
import type { Progress } from "../../contract/progress.ts";
import type { Rejection } from "../../contract/receipt.ts";
import { type Refusal, rejectItem } from "../../prepare/rejection.ts";
import type { Tally } from "./tally.ts";

/** What an upload reports to, through all its sessions. */
export class Reporter {
  readonly tally: Tally;
  readonly emit: (event: Progress) => void;
  private readonly onRejected: (rejection: Rejection) => void;
  /** How many unchanged datums were told of. */
  private reportedUnchanged: number;

  constructor(tally: Tally, emit: (event: Progress) => void, onRejected: (rejection: Rejection) => void) {
    this.tally = tally;
    this.emit = emit;
    this.onRejected = onRejected;
    this.reportedUnchanged = tally.unchanged;
  }

  /** Tells of the datums that were found unchanged since the last time. */
  reportUnchanged() {
    const datums = this.tally.unchanged - this.reportedUnchanged;
    if (datums === 0) return;
    this.reportedUnchanged += datums;
    this.emit({ type: "unchanged", counts: this.tally.counts(), datums });
  }

  /** Counts and tells a datum that does not get in. */
  rejectItem(refusal: Refusal, item: Item) {
    this.reject(rejectItem(refusal, item));
  }

  /** Counts and tells an entry that does not get in. */
  reject(rejection: Rejection) {
    this.tally.reject(rejection);
    this.onRejected(rejection);
    this.emit({ type: "rejected", rejection });
  }
}
