import { bisect } from "./bisect.ts";

/** The clock on the wall where the data was made. */
export interface LocalTime {
  /** What people are told about it: whose time it is, and how it is known. */
  readonly name: string;
  /** Minutes ahead of UTC at a moment. */
  offsetAt(time: number): number;
}

const offsetName = (minutes: number): string => {
  const [size, sign] = [Math.abs(minutes), minutes < 0 ? "−" : "+"];
  const rest = size % 60 === 0 ? "" : `:${String(size % 60).padStart(2, "0")}`;
  return size === 0 ? "UTC" : `UTC${sign}${Math.floor(size / 60)}${rest}`;
};

/** Time as the readings' own offsets tell it: each holds from its reading on, the first also before. */
export const timeByOffsets = (times: ReadonlyArray<number>, offsets: ReadonlyArray<number>): LocalTime => {
  const changes: Array<{ readonly from: number; readonly offset: number }> = [];
  times.forEach((from, index) => {
    const offset = offsets[index] ?? 0;
    if (changes.at(-1)?.offset !== offset) changes.push({ from, offset });
  });
  const names = [...new Set(changes.map(({ offset }) => offsetName(offset)))];
  return {
    name: `Times are local, as the file tells them (${names.join(", then ")}).`,
    offsetAt: (time) => {
      // Two devices with different clocks change it with every reading: then there are as many changes as readings.
      const begun = bisect(changes.length, (index) => (changes[index]?.from ?? Infinity) <= time);
      return changes[Math.max(0, begun - 1)]?.offset ?? 0;
    }
  };
};

/** Time in a zone that the file names; undefined where this browser does not know the zone. */
export const timeInZone = (zone: string): LocalTime | undefined => {
  try {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longOffset" });
    const known = new Map<number, number>();
    const read = (time: number): number => {
      const name = format.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";
      const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
      const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
      return sign === "-" ? -size : size;
    };
    return {
      name: `Times are in ${zone}, the time zone that the file names.`,
      offsetAt: (time) => {
        // Offsets change on the quarter hour at the earliest; asking the formatter is slow.
        const quarter = Math.floor(time / 900_000);
        const offset = known.get(quarter) ?? read(time);
        known.set(quarter, offset);
        return offset;
      }
    };
  } catch {
    return undefined;
  }
};

/** For a file that tells neither an offset nor a zone. */
export const timeInUtc: LocalTime = {
  name: "Times are in UTC: the file names no time zone.",
  offsetAt: () => 0
};
