import { RepeatedKeys } from "../../identity/repeated-keys.ts";
import type { ReadOptions } from "../../read-options.ts";
import { CarbEquivalents } from "./carb-equivalents.ts";
import { deviceName } from "./device-name.ts";
import type { Fields, NightscoutDocument } from "./document.ts";
import { MeterEntries } from "./meter-check.ts";
import { entryInstant, insertedAt, treatmentInstant } from "./moment.ts";
import { contentOf, treatmentKey } from "./origin-id.ts";
import { namedZone } from "./profile-zone.ts";
import { Profiles } from "./profiles.ts";
import { type Reading, readingOf } from "./reading-datum.ts";
import { SameReadings } from "./same-readings.ts";
import { ShiftedReadings } from "./shifted-readings.ts";

/** A reading with its time; both passes find the same ones, in the same order. */
export interface TimedReading {
  readonly reading: Extract<Reading, { value: number }>;
  readonly instant: number;
  readonly device: string | undefined;
}

/** Deleted on the site, whose answers go on holding it. */
export const isDeleted = ({ isValid }: Fields): boolean => isValid === false || isValid === "false";

/** The reading of an entry that counts among others; `undefined`: it is no reading, has no time, or was deleted. */
export const timedReading = (fields: Fields): TimedReading | undefined => {
  const device = deviceName(fields["device"]);
  const reading = readingOf(fields, device);
  const instant = entryInstant(fields);
  return "value" in reading && instant !== undefined && !isDeleted(fields) ? { reading, instant, device } : undefined;
};

/** What has to be known of all documents before any of them can be told as a datum. */
export class Survey {
  readonly profiles: Profiles;
  readonly repeated = new RepeatedKeys();
  readonly meterEntries: MeterEntries;
  readonly equivalents: CarbEquivalents;
  /** Kept apart: a meter's value beside a sensor's is another measurement. */
  readonly readings = { sgv: new SameReadings(), mbg: new SameReadings(), calibration: new SameReadings() };
  readonly shifted = new ShiftedReadings();
  private readonly fallback: ReturnType<typeof namedZone>;

  /** `earlier`: a survey of the same site, of which all that matters beyond one survey is known here as well. */
  constructor({ timezone }: ReadOptions, earlier?: Survey) {
    this.profiles = earlier?.profiles ?? new Profiles();
    this.meterEntries = earlier?.meterEntries ?? new MeterEntries();
    this.equivalents = earlier?.equivalents ?? new CarbEquivalents();
    this.fallback = timezone === undefined ? undefined : namedZone(timezone);
  }

  /** Takes the next document, in the order in which they come again when they are told as datums. */
  add({ collection, fields }: NightscoutDocument): void {
    if (collection === "entries") this.addEntry(fields);
    else if (collection === "treatments") this.addTreatment(fields);
    else if (collection === "profile" && !isDeleted(fields)) this.profiles.add(fields, this.fallback);
  }

  /** To be called once, after the last document. */
  settle(): void {
    this.repeated.finish();
    this.profiles.settle();
    this.meterEntries.settle();
    for (const readings of Object.values(this.readings)) readings.settle();
  }

  private addEntry(fields: Fields): void {
    const timed = timedReading(fields);
    if (timed === undefined) return;
    const { reading, instant, device } = timed;
    this.readings[reading.kind].add(instant, reading.value, device);
    if (reading.kind === "sgv") this.shifted.add(instant, reading.value, insertedAt(fields));
    if (reading.kind !== "sgv") this.meterEntries.add(instant, reading.value);
  }

  private addTreatment(fields: Fields): void {
    const instant = treatmentInstant(fields);
    if (instant === undefined) return;
    this.repeated.add(treatmentKey(fields, instant), `${contentOf(fields)}${isDeleted(fields) ? "-" : ""}`);
    if (isDeleted(fields)) return;
    this.equivalents.add(fields, instant);
    if (fields["eventType"] === "Profile Switch") this.profiles.addSwitch(fields, instant);
  }
}
