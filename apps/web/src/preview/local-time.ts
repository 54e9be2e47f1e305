import { type OffsetAt, offsetsIn, offsetsOf } from "@tideway/metrics";

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

/** How the clock on the wall is known, in a form that a worker can send. */
export type Clock =
  | { readonly by: "offsets"; readonly changes: ReadonlyArray<OffsetChange> }
  | { readonly by: "zone"; readonly zone: string; readonly toldBy: "files" | "person" }
  | { readonly by: "nothing" };

/** From a moment on (milliseconds since 1970), the clock is so many minutes ahead of UTC. */
export interface OffsetChange {
  readonly from: number;
  readonly offset: number;
}

/** The offsets that readings tell, in the order of time: each holds from its reading on, the first also before. */
export const offsetChanges = (
  told: Iterable<{ readonly time: number; readonly offset: number }>
): ReadonlyArray<OffsetChange> => {
  const changes: Array<OffsetChange> = [];
  for (const { time, offset } of told) {
    if (changes.at(-1)?.offset !== offset) changes.push({ from: time, offset });
  }
  return changes;
};

const timeByOffsets = (changes: ReadonlyArray<OffsetChange>): LocalTime => {
  const names = [...new Set(changes.map(({ offset }) => offsetName(offset)))];
  return {
    name: `Times are local, as the file tells them (${names.join(", then ")}).`,
    offsetAt: offsetsOf(
      changes.map(({ from }) => from),
      changes.map(({ offset }) => offset)
    )
  };
};

const timeInUtc: LocalTime = { name: "Times are in UTC: the file names no time zone.", offsetAt: () => 0 };

const timeInZone = (zone: string, toldBy: "files" | "person"): LocalTime | undefined => {
  let offsetAt: OffsetAt;
  try {
    offsetAt = offsetsIn(zone);
  } catch {
    return undefined;
  }
  return {
    name: `Times are in ${zone}, ${toldBy === "person" ? "as you told" : "the time zone that the file names"}.`,
    offsetAt
  };
};

/** The wearer's clock; UTC where nothing is known of it, or the zone is none that this browser knows. */
export const localTimeBy = (clock: Clock): LocalTime => {
  if (clock.by === "offsets") return timeByOffsets(clock.changes);
  return (clock.by === "zone" ? timeInZone(clock.zone, clock.toldBy) : undefined) ?? timeInUtc;
};
