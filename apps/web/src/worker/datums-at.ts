import type { Pages } from "@tideway/sources";

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The datums at some positions of a source, counted from 0: of what is no JSON the text, of a problem nothing. */
export const datumsAt = async ({ pages }: Pages, positions: ReadonlySet<number>): Promise<Map<number, unknown>> => {
  const found = new Map<number, unknown>();
  if (positions.size === 0) return found;
  let position = 0;
  for await (const page of pages) {
    for (const entry of page) {
      if (positions.has(position) && !("problem" in entry)) {
        found.set(position, "text" in entry ? parsed(entry.text) : entry.datum);
      }
      position++;
    }
  }
  return found;
};
