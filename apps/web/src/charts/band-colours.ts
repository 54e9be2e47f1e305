import type { Band } from "@tideway/metrics";

/** Tidepool's own hues, moved until each has a contrast of 3 on the paper of both themes. */
export const bandColours: { readonly [B in Band]: string } = {
  veryLow: "#cc3550",
  low: "#e8604f",
  target: "#2f9d6c",
  high: "#9a78d4",
  veryHigh: "#7e52d3"
};
