import type { InputFile } from "../input-file.ts";
import type { DateOrder } from "../need.ts";
import type { RowFault } from "../row-fault.ts";
import type { DateParts } from "../time/read-moment.ts";
import type { WallTime } from "../time/zone-clock.ts";
import type { GlucoseUnits } from "../values/glucose.ts";

/** Members of a datum, without its times, its device and its origin. */
export type DatumMembers = Readonly<Record<string, unknown>> & { readonly type: string };

/** A record of a device, understood, but not yet given a moment and an id. */
export interface DeviceRecord {
  readonly wall: WallTime;
  /** The `deviceId` of its datum. */
  readonly deviceId: string;
  /** As the file names the device. */
  readonly model?: string | undefined;
  /** What the device tells its records of a type apart by: the same in every file that has the record. */
  readonly key: ReadonlyArray<string | number>;
  readonly members: DatumMembers;
  /** The bolus of a calculation, with a clock time of its own. */
  readonly bolus?: { readonly wall: WallTime; readonly members: DatumMembers };
  /** One of a sensor's readings, which come all day long. */
  readonly isReading?: boolean;
}

/** A basal of a device. It becomes a part of the device's timeline. */
export interface BasalRecord extends Pick<DeviceRecord, "wall" | "deviceId" | "model" | "key" | "members"> {
  /** Milliseconds. Default: until the next one begins. */
  readonly duration?: number | undefined;
  /** It ends or interrupts what ran before, and becomes no datum itself. */
  readonly hasUnknownRate?: boolean;
}

/** Where an item stands. */
export interface RowPlace {
  readonly file: string;
  readonly row: number;
}

/** What a row of a file is. `Held` is what several rows are put together from. */
export type RecordItem<Held = never> = RowPlace &
  (
    | { readonly record: DeviceRecord; readonly timeText?: string | undefined }
    | { readonly basal: BasalRecord; readonly timeText?: string | undefined }
    | { readonly fault: RowFault; readonly doubtful?: { readonly value: number; readonly units: GlucoseUnits } }
    /** The same stands in another row. */
    | { readonly copy: true }
    /** Of a kind that has no datum; `count` of them. Default: 1. */
    | { readonly notMapped: string; readonly count?: number }
    | { readonly warning: { readonly code: string; readonly message: string } }
    /** A date whose order has to be known first. */
    | { readonly openDate: DateParts; readonly text: string; readonly series: string }
    | { readonly held: Held }
  );

/** What was found out about a file, or told, before its rows are understood. */
export interface RecordReading {
  /** Of dates that do not have the year first. `undefined`: not known yet, such a row is an `openDate`. */
  readonly order: DateOrder | undefined;
  /** Where they are not those of the headings. */
  readonly units: GlucoseUnits | undefined;
}

/** A file's rows, which can be gone through any number of times. */
export interface RecordFile<Held = never> {
  readonly file: InputFile;
  items(reading: RecordReading): AsyncIterable<ReadonlyArray<RecordItem<Held>>>;
}

/** Files of one format that are read as one: records that several of them have come out once. */
export interface RecordFiles<Held = never> {
  /** What origin ids begin with, and the name of the origin. */
  readonly source: string;
  /** The column that times stand in: for problems. */
  readonly timeColumn: string;
  readonly files: ReadonlyArray<RecordFile<Held>>;
  /** Makes records of the rows that were held until the end, whatever their order. */
  readonly assemble?: (held: ReadonlyArray<RowPlace & { readonly held: Held }>) => Iterable<RecordItem>;
  /** Sensors that have their limits, in mg/dL, where the true value lies beyond. Default: values are what they are. */
  readonly clampedAt?: { readonly low: number; readonly high: number };
}
