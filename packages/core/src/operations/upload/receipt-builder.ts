import type { Receipt } from "../../contract/receipt.ts";
import { Tally } from "./tally.ts";

/** What is to be told of an upload at any moment, and after it was interrupted, too. */
export class ReceiptBuilder {
  private readonly keepRejections: number;
  private sessionId = "";
  private sessionOpened = false;
  private started = 0;
  private now: () => number = () => 0;
  private current: Tally;

  constructor(keepRejections = 1000) {
    this.keepRejections = keepRejections;
    this.current = new Tally(keepRejections);
  }

  /** The counts of the reading that goes on. */
  get tally(): Tally {
    return this.current;
  }

  /** The upload begins; `now` in milliseconds. */
  begin(now: () => number) {
    this.now = now;
    this.started = now();
  }

  /** It goes into that session from now on. */
  use(sessionId: string, isOpened: boolean) {
    this.sessionId = sessionId;
    this.sessionOpened ||= isOpened;
  }

  /** The source is read again from its start: what went into a session that was lost counts no more. */
  restart() {
    this.current = new Tally(this.keepRejections);
  }

  receipt(): Receipt {
    const { sessionId, sessionOpened } = this;
    return this.current.receipt({ sessionId, sessionOpened, elapsed: this.now() - this.started });
  }
}
