import { formatNumber } from "../format/number.ts";

/** So much has to be known before a rate says anything. */
const leastElapsed = 1000;

/** How fast something goes and how long it will still take, in a sentence; empty where too little is known. */
export const timeLeft = ({
  done,
  total,
  elapsed
}: {
  readonly done: number;
  readonly total: number;
  /** Milliseconds. */
  readonly elapsed: number;
}): string => {
  if (done === 0 || elapsed < leastElapsed || done >= total) return "";
  const perSecond = (1000 * done) / elapsed;
  const seconds = (total - done) / perSecond;
  const left = seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`;
  return `${formatNumber(Math.round(perSecond))} a second, about ${left} left.`;
};
