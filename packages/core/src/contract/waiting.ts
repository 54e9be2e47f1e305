/** What a wait is for. */
export interface Waiting {
  /** One sentence for people. */
  readonly reason: string;
  readonly milliseconds: number;
  /** How often the request has failed; 0 where the server asked everybody for a pause. */
  readonly attempt: number;
}

/** Where waits are reported. */
export interface Waiter {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onWait: (waiting: Waiting) => void;
}
