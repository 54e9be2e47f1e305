/** From a moment (inclusive) to a later one (exclusive), in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
