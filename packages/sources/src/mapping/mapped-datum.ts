import { originId } from "../identity/origin-of.ts";
import { momentKey } from "./mapped-moment.ts";
import type { MappedRecord } from "./mapped-record.ts";
import type { MappedRow } from "./mapped-rows.ts";
import type { Mapping } from "./mapping.ts";

/** The id of the device that a row comes from; the mapping's own where the table names none. */
export const mappedDeviceId = ({ id, device }: Mapping, serial: string): string =>
  [device?.model, serial].filter((part) => part !== undefined && part !== "").join("-") || id;

const types: Readonly<Record<MappedRecord["kind"], string>> = {
  cbg: "cbg",
  smbg: "smbg",
  calibration: "deviceEvent",
  ketone: "bloodKetone",
  exercise: "physicalActivity",
  food: "food",
  insulin: "insulin",
  bolus: "bolus"
};

const labelOf = (record: MappedRecord): string =>
  record.kind === "insulin" ? `insulin-${record.acting}` : record.kind;

const keyOf = ({ columns, cells, serial, moment }: MappedRow, record: MappedRecord): ReadonlyArray<string> => {
  const place = columns.key.length > 0 ? columns.key.map((at) => cells[at] ?? "") : [serial, momentKey(moment)];
  return [...place, labelOf(record)];
};

/** What tells a record apart: what the mapping says, or the device and its clock, and what kind of record it is. */
export const mappedKey = (row: MappedRow, record: MappedRecord): string => keyOf(row, record).join("\0");

/** What of a record counts: the same in a file that was saved again. */
export const mappedContentOf = (record: MappedRecord): string => JSON.stringify(record);

/** The number that records of one key are put in order by. */
export const mappedAmountOf = (record: MappedRecord): number =>
  "glucose" in record ? record.glucose.value : (record.amount ?? 0);

const bolus = (record: MappedRecord & { readonly kind: "bolus" }): Readonly<Record<string, unknown>> => {
  const { amount, extended, automated } = record;
  if (!extended) return { type: "bolus", subType: automated ? "automated" : "normal", normal: amount };
  const part = { extended: extended.amount, duration: extended.duration };
  return amount === undefined
    ? { type: "bolus", subType: "square", ...part }
    : { type: "bolus", subType: "dual/square", normal: amount, ...part };
};

const ofKind = (record: MappedRecord, sampleInterval: number | undefined): Readonly<Record<string, unknown>> => {
  switch (record.kind) {
    case "cbg":
      return { type: "cbg", ...record.glucose, ...(sampleInterval === undefined ? {} : { sampleInterval }) };
    case "smbg":
      return {
        type: "smbg",
        ...(record.subType === undefined ? {} : { subType: record.subType }),
        ...record.glucose
      };
    case "calibration":
      return { type: "deviceEvent", subType: "calibration", ...record.glucose };
    case "ketone":
      return { type: "bloodKetone", units: "mmol/L", value: record.amount };
    case "exercise":
      return { type: "physicalActivity", duration: { units: "minutes", value: record.amount } };
    case "food":
      return { type: "food", nutrition: { carbohydrate: { net: record.amount, units: "grams" } } };
    case "insulin":
      return {
        type: "insulin",
        dose: { total: record.amount, ...record.parts, units: "Units" },
        formulation: { simple: { actingType: record.acting } }
      };
    case "bolus":
      return bolus(record);
  }
};

/** What a datum is made of beside its record. */
export interface MappedDatumOptions {
  readonly mapping: Mapping;
  readonly row: MappedRow;
  readonly times: Readonly<Record<string, unknown>>;
  readonly occurrence: number;
  readonly sampleInterval: number | undefined;
}

/** The most that the platform takes of a note. */
const longestNote = 1000;

/** The datum of a record, in Tidepool's words. */
export const mappedDatum = (
  record: MappedRecord,
  { mapping, row, times, occurrence, sampleInterval }: MappedDatumOptions
): Readonly<Record<string, unknown>> => {
  const note = row.columns.notes === undefined ? "" : (row.cells[row.columns.notes] ?? "").trim();
  const parts = keyOf(row, record);
  const id = originId({ source: mapping.id, parts, type: types[record.kind], occurrence });
  return {
    ...ofKind(record, sampleInterval),
    ...times,
    ...(note === "" ? {} : { notes: [[...note].slice(0, longestNote).join("")] }),
    deviceId: mappedDeviceId(mapping, row.serial),
    origin: { id, name: mapping.id, type: "service" }
  };
};
