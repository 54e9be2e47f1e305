/** A moment as the platform writes it: UTC, `Z`, milliseconds with trailing zeros dropped (`…51Z`, `…51.5Z`). */
export function serverTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.?0*Z$/, "Z");
}

/** A moment as the older handlers put it into their `Date` header: an HTTP date that ends in `UTC` where `GMT` belongs. */
export function wrappedDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString().replace("GMT", "UTC");
}
