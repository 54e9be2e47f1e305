import type { Counts } from "@tideway/core";

/** How many datums have met their fate, unlike those that are read and still on their way. */
export const settled = ({ sent, unchanged, rejected, skipped }: Counts): number =>
  sent + unchanged + rejected + skipped;
