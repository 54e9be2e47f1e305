/** A kept connection turned out to be closed before the server could begin with the request on it. */
export class ClosedBefore extends Error {
  override readonly name = "ClosedBefore";
  /** The system's word for it: `ECONNRESET`. */
  readonly code: string;

  constructor(code = "unknown") {
    super("The connection had been closed before the request was whole.");
    this.code = code;
  }
}
