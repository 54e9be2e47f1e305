/** Milliseconds: by less than what `settling.quiet` is longer than the gateway waits. */
const often = 3000;

/**
 * Keeps what the ledger knows of a request up to date while its body is on a slow line: the server may begin with it as late as
 * its last byte arrives, and the run after a crash counts from there until the request is quiescent.
 */
export class LedgerHeartbeat {
  private last: number;
  private writing: Promise<unknown> | undefined;
  private readonly now: () => number;
  private readonly write: (begun: number) => Promise<unknown>;

  constructor(now: () => number, write: (begun: number) => Promise<unknown>) {
    this.now = now;
    this.write = write;
    this.last = now();
  }

  /** Bytes have moved. */
  beat() {
    const time = this.now();
    if (this.writing || time - this.last < often) return;
    this.last = time;
    // Where it fails, the next call of the ledger that is waited for fails, too.
    this.writing = this.write(time)
      .catch(() => undefined)
      .then(() => {
        this.writing = undefined;
      });
  }

  /** Ends when nothing of it is being written. */
  async done(): Promise<void> {
    await this.writing;
  }
}
