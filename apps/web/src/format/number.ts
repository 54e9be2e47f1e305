const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A whole number with its thousands apart: 25,920. */
export const formatNumber = (value: number): string => whole.format(value);

/** A number with its noun: `1 datum`, `25,920 datums`. */
export const formatCount = (value: number, noun: string): string =>
  `${formatNumber(value)} ${noun}${value === 1 ? "" : "s"}`;

/** A size for people: 12 kB, 1.4 MB. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};
