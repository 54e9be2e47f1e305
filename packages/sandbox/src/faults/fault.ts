/** What a fault does to a request. */
export type FaultEffect =
  /** Answers with this status; `after`: only once the work was done, as a gateway that lost patience. */
  | {
      readonly kind: "status";
      readonly status: number;
      /** The `Retry-After` header: seconds, or an HTTP date. */
      readonly retryAfter?: number | string;
      /** Default: what the gateway writes for the status. */
      readonly body?: string;
      /** Default: `before`. */
      readonly when?: When;
    }
  /** Waits, then goes on. */
  | { readonly kind: "delay"; readonly milliseconds: number; readonly when?: When }
  /** Never answers; ends when the client gives up. */
  | { readonly kind: "hang"; readonly when?: When }
  /** Cuts the connection. */
  | { readonly kind: "reset"; readonly when?: When }
  /** Does the work, sends half of the answer's body, then cuts the connection. */
  | { readonly kind: "half" }
  /** Does the work and sends the answer's body in small pieces with a pause before each. */
  | { readonly kind: "drip"; readonly milliseconds: number; /** Default: 16. */ readonly bytes?: number }
  /** The caller's access token expires just before it is looked at. */
  | { readonly kind: "expire" }
  /** From now on the server's clock is off by this much; 0 mends it. */
  | { readonly kind: "skew"; readonly milliseconds: number }
  /**
   * Stops a POST of data between two steps of the deduplicator, until another POST of data is through, or for a time.
   */
  | {
      readonly kind: "hold";
      readonly between: StepBoundary;
      /** Default: until another POST is through. */ readonly milliseconds?: number;
    }
  /** Fails a POST of data between two steps: a 500, and what was done stays. */
  | { readonly kind: "fail"; readonly between: StepBoundary };

/** Before or after the request's work was done. */
export type When = "before" | "after";

/** Between which steps of a deduplicator. */
export type StepBoundary = "mark-insert" | "insert-destroy";

/** A rule by which requests go wrong. */
export interface Fault {
  readonly effect: FaultEffect;
  /** Which requests: a method, a path with `*` for any text, or both, as `POST /v1/*`. Default: every request. */
  readonly on?: string;
  /** How many matching requests it hits before it is spent. Default: no end. */
  readonly times?: number;
  /** How likely it hits a matching request, 0 to 1. Default: 1. */
  readonly probability?: number;
  /** How many matching requests pass first. Default: 0. */
  readonly skip?: number;
}
