import { originId } from "../../identity/origin-of.ts";
import { healthSource } from "../../phone-health/health-source.ts";
import type { SourceReadings } from "../../phone-health/source-readings.ts";
import type { ConnectRecord } from "./connect-record.ts";

type Members = Readonly<Record<string, unknown>>;

const types = { glucose: "glucose", food: "food", exercise: "physicalActivity" } as const;
/** Android's number for glucose of the fluid between cells, where sensors measure it. */
const interstitial = 1;

/** The id of the device that an app's datums have. */
export const deviceIdOf = (app: string): string => `Health Connect-${healthSource(app).label}`;

/** Whether a sensor gave a reading: as the record says, or else by the readings of its app. */
export const isSensorReading = ({ content }: ConnectRecord, readings: SourceReadings | undefined): boolean => {
  if (content.kind !== "glucose" || content.isEntered) return false;
  return content.specimen === 0 ? readings?.isSensor === true : content.specimen === interstitial;
};

const ofKind = (record: ConnectRecord, readings: SourceReadings | undefined): Members => {
  const { content } = record;
  switch (content.kind) {
    case "glucose": {
      const glucose = { units: "mmol/L", value: content.value };
      if (!isSensorReading(record, readings))
        return { type: "smbg", ...(content.isEntered ? { subType: "manual" } : {}), ...glucose };
      const { interval } = readings ?? {};
      return { type: "cbg", ...glucose, ...(interval === undefined ? {} : { sampleInterval: interval }) };
    }
    case "food":
      return { type: "food", nutrition: { carbohydrate: { net: content.grams, units: "grams" } } };
    case "exercise":
      return {
        type: "physicalActivity",
        ...content.activity,
        duration: { value: content.milliseconds / 1000, units: "seconds" }
      };
  }
};

/** The time, and what a clock showed where the record says by how much it was ahead: it names no zone. */
const timesOf = ({ time, offset }: ConnectRecord): Members => ({
  time: new Date(time).toISOString(),
  ...(offset === undefined
    ? {}
    : { timezoneOffset: offset, deviceTime: new Date(time + offset * 60_000).toISOString().slice(0, 19) })
});

/** The datum of a record, in Tidepool's words. What people named, titled or noted is not in it. */
export const connectDatum = (record: ConnectRecord, readings: SourceReadings | undefined): Members => ({
  ...ofKind(record, readings),
  ...timesOf(record),
  deviceId: deviceIdOf(record.app),
  origin: {
    id: originId({ source: "health-connect", parts: [record.uuid], type: types[record.content.kind] }),
    name: "health-connect",
    type: "application"
  }
});
