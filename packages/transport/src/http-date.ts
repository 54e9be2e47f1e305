/**
 * Milliseconds since 1970 of an HTTP date; undefined where it is none.
 *
 * Ends in `GMT` by the standard and in `UTC` where Tidepool's data service writes it. Both are read here by hand:
 * `Date.parse` takes much that is no date.
 */
export const parseHttpDate = (text: string): number | undefined => {
  const match =
    /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{2}:\d{2}:\d{2}) (?:GMT|UTC)$/.exec(
      text.trim()
    );
  if (match === null) return undefined;
  const time = Date.parse(`${match[2]} ${match[1]}, ${match[3]} ${match[4]} UTC`);
  return Number.isNaN(time) ? undefined : time;
};
