import { isZoneName } from "@tideway/schemas";
import { InvalidOption } from "./invalid-option.ts";
import type { DateOrder } from "./need.ts";

/** Where the clock was set to another zone for a while, or for good. */
export interface TravelStep {
  /** The first moment there, as a clock there shows it: `2026-07-01` or `2026-07-01T14:30`. */
  readonly from: string;
  /** IANA name: `America/New_York`. */
  readonly timezone: string;
}

/** What a person tells about the files, where those do not say it. */
export interface ReadOptions {
  /** IANA name of the zone that the device's clock was set to: `Europe/Berlin`. Needed by files that hold clock times only. */
  readonly timezone?: string;
  /** Changes of zone after that, oldest first. */
  readonly travel?: ReadonlyArray<TravelStep>;
  /**
   * Which of the two a time is that the clock showed twice, on the night when summer time ends. Default: such a record is
   * a problem, unless the file itself tells.
   */
  readonly repeatedHour?: "earlier" | "later";
  /** Glucose units of files that do not name them. */
  readonly units?: "mg/dL" | "mmol/L";
  /** The order of dates in files where it cannot be told. */
  readonly dateOrder?: DateOrder;
  /** The encoding of text without a byte order mark, as `TextDecoder` names it. Default: UTF-8. */
  readonly encoding?: string;
  /** The present moment in milliseconds since 1970, as `Date.now()` has it: what is dated more than a day after it is refused. */
  readonly now: number;
}

const localMoment = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?$/u;

const isMoment = (text: string): boolean =>
  localMoment.test(text) && !Number.isNaN(Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`));

const isEncoding = (label: string): boolean => {
  try {
    return new TextDecoder(label).encoding !== "";
  } catch {
    return false;
  }
};

/**
 * Checks what no type can.
 *
 * @throws {InvalidOption} an unknown zone, a travel list out of order, an unknown encoding, no present moment.
 */
export const checkReadOptions = ({ timezone, travel = [], encoding, now }: ReadOptions): void => {
  if (timezone !== undefined && !isZoneName(timezone)) {
    throw new InvalidOption(
      "timezone",
      "must be the name of a time zone in its exact spelling, such as Europe/Berlin."
    );
  }
  if (travel.length > 0 && timezone === undefined) {
    throw new InvalidOption("travel", "needs a timezone beside it: the zone before the first change.");
  }
  for (const [index, { from, timezone: zone }] of travel.entries()) {
    if (!isMoment(from)) throw new InvalidOption("travel", "from must be like 2026-07-01 or 2026-07-01T14:30.");
    if (!isZoneName(zone)) throw new InvalidOption("travel", "timezone must be an IANA name, such as Europe/Berlin.");
    if (index > 0 && from <= travel[index - 1]!.from) {
      throw new InvalidOption("travel", "must be in order: each change later than the one before.");
    }
  }
  if (encoding !== undefined && !isEncoding(encoding)) {
    throw new InvalidOption("encoding", "must be an encoding that TextDecoder knows, such as windows-1252.");
  }
  if (!Number.isFinite(now)) {
    throw new InvalidOption("now", "must be the present moment in milliseconds since 1970, such as Date.now().");
  }
};
