import { at, isZoneName, type TimeMembers } from "@tideway/schemas";
import { healthSource } from "../../phone-health/health-source.ts";
import type { SourceReadings } from "../../phone-health/source-readings.ts";
import type { Glucose } from "../../values/glucose.ts";
import type { BasalPlace } from "./basal-intervals.ts";
import type { HealthRecord } from "./health-record.ts";
import { healthOriginId, mgdlOf } from "./origin-id.ts";

type Members = Readonly<Record<string, unknown>>;

/** The id of the device that a source's datums have. */
export const deviceIdOf = (source: string): string => `Apple Health-${healthSource(source).label}`;

/** What Dexcom's sensors measure, in mg/dL: apps write 39 and 401 for what lies beyond. */
const sensorRange = { low: 40, high: 400 };

const annotated = (glucose: Glucose): Glucose => {
  const mgdl = mgdlOf(glucose);
  // Values in mmol/L come rounded to a tenth or more digits: 39 may be 2.16 or 2.2.
  const side = mgdl < sensorRange.low - 0.5 ? "low" : mgdl > sensorRange.high + 0.5 ? "high" : undefined;
  if (side === undefined) return glucose;
  return { ...glucose, annotations: [{ code: "bg/out-of-range", value: side, threshold: sensorRange[side] }] };
};

/** Local time only where the record names its zone, and this engine knows it. */
const timesOf = ({ start, zone }: HealthRecord): TimeMembers | Pick<TimeMembers, "time"> => {
  if (zone !== undefined && isZoneName(zone)) {
    try {
      return at(start, zone);
    } catch {
      // A zone without an offset of its own, such as `Factory`.
    }
  }
  return { time: new Date(start).toISOString() };
};

/** What a datum is made of beside its record. */
export interface HealthDatumOptions {
  readonly occurrence: number;
  readonly readings: SourceReadings | undefined;
  /** Of basal insulin. */
  readonly place: BasalPlace | undefined;
}

const ofKind = (record: HealthRecord, { readings, place }: HealthDatumOptions): Members => {
  const { content, source, start, end } = record;
  const { kind, label } = healthSource(source);
  switch (content.kind) {
    case "glucose": {
      if (content.isEntered) return { type: "smbg", subType: "manual", ...content.glucose };
      if (!readings?.isSensor) return { type: "smbg", ...content.glucose };
      const glucose = kind === "loop" || label.startsWith("Dexcom") ? annotated(content.glucose) : content.glucose;
      const { interval } = readings;
      return { type: "cbg", ...glucose, ...(interval === undefined ? {} : { sampleInterval: interval }) };
    }
    case "bolus": {
      if (!content.isAutomatic) return { type: "bolus", subType: "normal", normal: content.units };
      // Nothing delivered has to say what was expected, which the file does not.
      const expected = content.units === 0 ? { expectedNormal: 0 } : {};
      return { type: "bolus", subType: "automated", normal: content.units, ...expected };
    }
    case "basal": {
      const { duration, isWhole } = place ?? { duration: end - start, isWhole: true };
      const rate = (content.units * 3_600_000) / (isWhole ? duration : end - start);
      return { type: "basal", deliveryType: kind === "loop" ? "automated" : "temp", duration, rate };
    }
    case "injection":
      return {
        type: "insulin",
        dose: { total: content.units, units: "Units" },
        formulation: { simple: { actingType: "long" } }
      };
    case "carbs":
      return { type: "food", nutrition: { carbohydrate: { net: content.grams, units: "grams" } } };
    case "workout":
      return { type: "physicalActivity", ...content.workout };
  }
};

/** The datum of a record, in Tidepool's words. Nothing of the person, of phones' names or of texts that somebody wrote is in it. */
export const healthDatum = (record: HealthRecord, options: HealthDatumOptions): Members => ({
  ...ofKind(record, options),
  ...timesOf(record),
  deviceId: deviceIdOf(record.source),
  origin: { id: healthOriginId(record, options.occurrence), name: "apple-health", type: "application" }
});
