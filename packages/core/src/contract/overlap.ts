/** What of a datum tells it from others, whoever uploaded it. */
export interface ComparedReading {
  readonly quantity: Quantity;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** mmol/L of glucose and ketones, units of insulin, units an hour of a basal, grams of carbohydrates. */
  readonly amount: number;
}

/** What a reading is an amount of: datums of different types may tell the same, such as `food` and `wizard`. */
export type Quantity = "glucose" | "ketone" | "bolus" | "basal" | "carbohydrate";

/** What a record holds, in brief: enough to find out who uploaded the same before. Plain data, which may cross to another thread. */
export interface RecordSummary {
  /** Names of the devices, each once. */
  readonly deviceIds: ReadonlyArray<string>;
  /** Types as on the wire, such as `cbg`, each once; what is inside a `wizard` counts, too. */
  readonly types: ReadonlyArray<string>;
  /** Days in UTC on which it holds something, such as `2026-01-31`, in their order. */
  readonly days: ReadonlyArray<string>;
  /** Those of these days to look at, in their order, and all readings of them. */
  readonly sampledDays: ReadonlyArray<string>;
  readonly readings: ReadonlyArray<ComparedReading>;
}

/** A service that Tidepool itself fetches data from, for accounts that are linked with it. */
export type LinkedService = "Dexcom" | "LibreView" | "twiist";

/** Another data set with data on the same days, or of the same device. */
export interface Overlap {
  /** Its `uploadId`. */
  readonly dataSetId: string;
  /** The program that made it, by its `client.name`, where it has one. */
  readonly appName: string | undefined;
  /** The service that Tidepool fetches it from. */
  readonly link: LinkedService | undefined;
  /** RFC 3339, where it is known. */
  readonly createdTime: string | undefined;
  /** The device that the data set names, or the model where there is no id. */
  readonly device: string | undefined;
  /** Devices that are in both. */
  readonly sameDevices: ReadonlyArray<string>;
  /** Of the days looked at, those on which it holds data of the same kinds. Empty: only the device is the same. */
  readonly days: ReadonlyArray<string>;
  /** Datums of the same kinds that it holds on them. */
  readonly datums: number;
  /** Readings of the record that are there, too: the same quantity, at most a second apart, the same but for rounding. */
  readonly sameReadings: number;
}

/** What the account holds already of a record. */
export interface OverlapReport {
  /** Those with most of the same readings first. */
  readonly overlaps: ReadonlyArray<Overlap>;
  /** Days on which the record holds something. */
  readonly days: number;
  /** Those of them that were looked at: all, or a sample. */
  readonly sampledDays: ReadonlyArray<string>;
  /** Readings of the record on those, of which `sameReadings` are a part. */
  readonly readings: number;
}
