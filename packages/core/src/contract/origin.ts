/** What goes into the origin of datums that come without one. */
export interface OriginOptions {
  /** Default: the app's name. */
  readonly name?: string;
  /** Default: `application`. */
  readonly type?: "application" | "device" | "manual" | "service";
  /** Default: none. */
  readonly version?: string;
}
