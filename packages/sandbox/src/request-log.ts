/** One request, as the page and the log show it: no query, no token, no body. */
export interface LoggedRequest {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** 0 where the connection was cut. */
  readonly status: number;
  readonly milliseconds: number;
  /** The faults it met. */
  readonly faults: ReadonlyArray<string>;
}

/** The last requests, newest first. */
export interface RequestLog {
  add(entry: LoggedRequest): void;
  entries(): ReadonlyArray<LoggedRequest>;
}

/** Keeps the last so many requests. */
export const createRequestLog = (keep: number): RequestLog => {
  const ring: Array<LoggedRequest> = [];
  let next = 0;
  return {
    add(entry) {
      ring[next % keep] = entry;
      next += 1;
    },
    entries: () =>
      Array.from({ length: Math.min(next, keep) }, (_, back) => ring[(next - 1 - back) % keep]).filter(
        (one) => one !== undefined
      )
  };
};
