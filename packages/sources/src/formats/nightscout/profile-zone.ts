import { at, isZoneName, zoneNames } from "@tideway/schemas";

/** The zone of a profile: one that has a name, or an offset that has none. */
export interface ProfileZone {
  /** IANA name; `undefined` for offsets that none stands for. */
  readonly name: string | undefined;
  /** Minutes ahead of UTC at that moment. */
  offsetAt(instant: number): number;
}

const quarter = 900_000;

/** A zone by its IANA name; `undefined` where there is none of that name. */
export const namedZone = (name: string): ProfileZone | undefined => {
  if (!isZoneName(name)) return undefined;
  const offsets = new Map<number, number>();
  const offsetAt = (instant: number): number => {
    const index = Math.floor(instant / quarter);
    let offset = offsets.get(index);
    if (offset === undefined) offsets.set(index, (offset = at(instant, name).timezoneOffset));
    return offset;
  };
  try {
    offsetAt(0);
    return { name, offsetAt };
  } catch {
    // `Factory`, or a zone that this engine does not have.
    return undefined;
  }
};

const fixed = (minutes: number): ProfileZone => {
  const hours = minutes / 60;
  // The names of fixed offsets have the other sign: Etc/GMT-4 is four hours ahead of UTC.
  const name = minutes === 0 ? "Etc/UTC" : `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
  return { name: isZoneName(name) ? name : undefined, offsetAt: () => minutes };
};

let bySmallLetters: ReadonlyMap<string, string> | undefined;

/**
 * The zone that apps write into profiles: `Europe/Berlin`, `ETC/GMT+7` (seven hours behind UTC, as IANA has it), and `GMT+4`,
 * `UTC+05:30` or `GMT-0400`, which no list has and which mean what they say. A fixed offset stays one: pumps know no summer time.
 */
export const profileZone = (text: string): ProfileZone | undefined => {
  const name = text.trim();
  const offset = /^(?:GMT|UTC)?\s*([+-])\s*(\d{1,2})(?::?(\d\d))?$/iu.exec(name);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return minutes <= 14 * 60 ? fixed(offset[1] === "-" ? 0 - minutes : minutes) : undefined;
  }
  bySmallLetters ??= new Map([...zoneNames()].map((known) => [known.toLowerCase(), known]));
  return namedZone(isZoneName(name) ? name : (bySmallLetters.get(name.toLowerCase()) ?? ""));
};
