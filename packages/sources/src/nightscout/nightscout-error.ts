/** Why a site could not be read. */
export type NightscoutErrorCode =
  /** The token or the secret is wrong, or the site wants one. */
  | "unauthorized"
  /** The login is known, and may not read. */
  | "forbidden"
  /** Nothing answered. */
  | "unreachable"
  /** The site is busy, asleep or broken: later perhaps. */
  | "unavailable"
  /** Something answered that is no Nightscout, or one without this API. */
  | "not-nightscout";

/** A site that could not be read. Holds neither its address nor what it was asked with. */
export class NightscoutError extends Error {
  readonly _tag = "NightscoutError";
  override readonly name = "NightscoutError";
  readonly code: NightscoutErrorCode;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** Milliseconds to wait before another attempt: a site answers every login 5 s later for each one that failed. */
  readonly retryAfter: number | undefined;

  constructor(code: NightscoutErrorCode, message: string, status?: number, retryAfter?: number) {
    super(message);
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
