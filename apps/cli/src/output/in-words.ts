const whole = new Intl.NumberFormat("en");

/** `12,340`. */
export const number = (count: number): string => whole.format(count);

/** `1 datum`, `2 datums`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;

/** `0:21`, `1:02:05`. */
export const duration = (seconds: number): string => {
  const total = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};
