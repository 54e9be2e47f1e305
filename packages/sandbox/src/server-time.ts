/** A moment as the platform writes it: UTC, `Z`, milliseconds with trailing zeros dropped (`…51Z`, `…51.5Z`). */
export const serverTime = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.?0*Z$/, "Z");

/** A moment as the older handlers put it into their `Date` header: an HTTP date that ends in `UTC` where `GMT` belongs. */
export const wrappedDate = (milliseconds: number): string => new Date(milliseconds).toUTCString().replace("GMT", "UTC");
