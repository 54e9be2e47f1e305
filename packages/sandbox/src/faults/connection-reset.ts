/** The connection broke on purpose: what `fetch` of a browser or Node reports as a TypeError, and a server shows by cutting the socket. */
export class ConnectionReset extends TypeError {
  readonly _tag = "ConnectionReset";
  constructor() {
    super("fetch failed: the sandbox cut the connection, as a fault asked.");
  }
}

/** Whether an error is the sandbox's own cut. */
export const isConnectionReset = (error: unknown): error is ConnectionReset => error instanceof ConnectionReset;
