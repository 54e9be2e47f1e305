const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A whole number with its thousands apart: 25,920. */
export const formatNumber = (value: number): string => whole.format(value);

/** A number with its noun: `1 reading`, `25,920 readings`. */
export const formatCount = (value: number, noun: string): string =>
  `${formatNumber(value)} ${noun}${value === 1 ? "" : "s"}`;
