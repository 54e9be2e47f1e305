/** Milliseconds: what is further apart is never one reading, and sensors of the quickest sort take nearly a minute. */
const apart = 31_000;

/**
 * Cuts a stream of items, newest first, where a pause is: what may belong together is never parted. Where there is none in
 * a page, the page waits for the next. Items without a moment come at once.
 */
export const wholeMoments = async function* <T>(
  pages: AsyncIterable<ReadonlyArray<T>>,
  momentOf: (item: T) => number | undefined
): AsyncGenerator<ReadonlyArray<T>> {
  let held: Array<{ readonly item: T; readonly moment: number }> = [];
  for await (const page of pages) {
    const loose: Array<T> = [];
    for (const item of page) {
      const moment = momentOf(item);
      if (moment === undefined) loose.push(item);
      else held.push({ item, moment });
    }
    held.sort((a, b) => b.moment - a.moment);
    let cut = held.length - 1;
    while (cut > 0 && held[cut - 1]!.moment - held[cut]!.moment <= apart) cut--;
    const ready = [...loose, ...held.slice(0, Math.max(cut, 0)).map(({ item }) => item)];
    held = held.slice(Math.max(cut, 0));
    if (ready.length > 0) yield ready;
  }
  if (held.length > 0) yield held.map(({ item }) => item);
};
