import type { Receipt } from "@tideway/core";

/** Counts by kind, most first, in columns. */
export const kindTable = (kinds: Receipt["kinds"]): ReadonlyArray<string> => {
  const rows = Object.entries(kinds).sort(([, a], [, b]) => b.read - a.read);
  const width = Math.max(...rows.map(([kind]) => kind.length));
  return rows.map(
    ([kind, { sent, unchanged, rejected, skipped }]) =>
      `${kind.padEnd(width)}  ${sent.toLocaleString("en-US").padStart(7)} sent` +
      (unchanged > 0 ? `  ${unchanged.toLocaleString("en-US")} unchanged` : "") +
      (rejected > 0 ? `  ${rejected.toLocaleString("en-US")} rejected` : "") +
      (skipped > 0 ? `  ${skipped.toLocaleString("en-US")} skipped` : "")
  );
};
