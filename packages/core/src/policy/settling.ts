/** What to do with a request whose answer never came: it may still be running on the server. Times in milliseconds. */
export interface Settling {
  /**
   * How long a request whose answer did not come can still have an effect. Longer than the gateway's 60 s. Default: 65,000.
   */
  readonly quiet: number;
  /** Chunks that may wait for this before the upload pauses for them. Default: 8. */
  readonly parked: number;
  /**
   * How often a chunk is sent without an answer before giving up, where it has come down to one datum by then; and how many
   * requests in a row may be answered by somebody else than the platform. Default: 8.
   */
  readonly attempts: number;
  /** How long what is in flight may take to end after an abort. Default: 5,000. */
  readonly grace: number;
  /** How long after opening a session to look whether somebody else opened one too. Default: 250. */
  readonly lookAgain: number;
}

export const defaultSettling: Settling = { quiet: 65_000, parked: 8, attempts: 8, grace: 5000, lookAgain: 250 };
