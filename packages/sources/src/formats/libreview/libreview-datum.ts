import type { TimeMembers } from "@tideway/schemas";
import type { LibreviewRecord } from "./libreview-record.ts";
import { type LibreviewPlace, libreviewOriginId } from "./origin-id.ts";

/** The id of the device that a row comes from. */
export const deviceIdOf = ({ device, serial }: { readonly device: string; readonly serial: string }): string =>
  [device, serial].filter((part, index, parts) => part !== "" && parts.indexOf(part) === index).join("-") ||
  "LibreView";

const ofKind = (record: LibreviewRecord, sampleInterval: number | undefined): Readonly<Record<string, unknown>> => {
  switch (record.kind) {
    case "historic":
      return { type: "cbg", ...record.glucose, ...(sampleInterval === undefined ? {} : { sampleInterval }) };
    case "scan":
      // A point of the same curve, between those that are there every few minutes: as a reading of its own it would count twice.
      return { type: "smbg", subType: "scanned", ...record.glucose };
    case "strip":
      return { type: "smbg", ...record.glucose };
    case "ketone": {
      const annotations = [{ code: "ketone/out-of-range", value: "high", threshold: 8 }];
      return { type: "bloodKetone", units: "mmol/L", value: record.value, ...(record.isBeyond ? { annotations } : {}) };
    }
    case "rapid":
    case "long": {
      const { kind, ...amounts } = record;
      return { type: "insulin", dose: { ...amounts, units: "Units" }, formulation: { simple: { actingType: kind } } };
    }
    case "food":
      return { type: "food", nutrition: { carbohydrate: { net: record.grams, units: "grams" } } };
  }
};

/** What a datum is made of beside its record. */
export interface LibreviewDatumOptions {
  readonly place: LibreviewPlace & { readonly device: string };
  readonly times: TimeMembers;
  readonly occurrence: number;
  readonly sampleInterval: number | undefined;
}

/** The datum of a record, in Tidepool's words. */
export const libreviewDatum = (
  record: LibreviewRecord,
  { place, times, occurrence, sampleInterval }: LibreviewDatumOptions
): Readonly<Record<string, unknown>> => ({
  ...ofKind(record, sampleInterval),
  ...times,
  deviceId: deviceIdOf(place),
  origin: { id: libreviewOriginId(place, record, occurrence), name: "libreview", type: "service" }
});
