/** A time from which a site still holds documents, in milliseconds since 1970. */
export interface HeldWindow {
  /** The oldest document. */
  readonly from: number;
  /** The moment up to which the site was read. */
  readonly to: number;
}

/** What a site still holds of a collection, as far as it was read: sites delete old documents by themselves. */
export class HeldSince {
  private oldest = Number.POSITIVE_INFINITY;

  add(instant: number): void {
    if (instant < this.oldest) this.oldest = instant;
  }

  /** From `since` on, or from the oldest document. `undefined`: there is none, so that nothing is known to be deleted. */
  window(since: number, to: number): HeldWindow | undefined {
    const from = Math.max(since, this.oldest);
    return from <= to ? { from, to } : undefined;
  }
}
