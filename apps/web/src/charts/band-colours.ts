import type { Band } from "@tideway/metrics";

/** Tidepool's own hues, darkened until each has a contrast of 3 on white. */
export const bandColours: { readonly [B in Band]: string } = {
  veryLow: "#b3203a",
  low: "#e8604f",
  target: "#2f9d6c",
  high: "#9a78d4",
  veryHigh: "#5e35a6"
};
