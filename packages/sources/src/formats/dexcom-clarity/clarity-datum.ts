import type { TimeMembers } from "@tideway/schemas";
import type { ClarityEvent } from "./clarity-event.ts";
import { actingType, intensity } from "./clarity-words.ts";
import { clarityOriginId } from "./origin-id.ts";

/** Dexcom's sensors give a reading every five minutes. */
const sampleInterval = 300_000;

/** The id of the device that an event comes from: the transmitter, or else what displayed it. */
export const deviceIdOf = ({ transmitter, sourceDevice }: ClarityEvent): string =>
  `Dexcom-${transmitter ?? (sourceDevice === "" ? "Clarity" : sourceDevice)}`;

const ofKind = (event: ClarityEvent): Readonly<Record<string, unknown>> => {
  switch (event.kind) {
    case "egv": {
      const { glucose, rate } = event;
      const trend = rate === undefined ? {} : { trendRate: rate, trendRateUnits: `${glucose.units}/minute` };
      return { type: "cbg", ...glucose, ...trend, sampleInterval };
    }
    case "calibration":
      return { type: "deviceEvent", subType: "calibration", ...event.glucose };
    case "insulin": {
      const acting = actingType(event.subtype);
      const formulation = acting === undefined ? {} : { formulation: { simple: { actingType: acting } } };
      return { type: "insulin", dose: { total: event.units, units: "Units" }, ...formulation };
    }
    case "carbs":
      return { type: "food", nutrition: { carbohydrate: { net: event.grams, units: "grams" } } };
    case "exercise": {
      const reportedIntensity = intensity(event.subtype);
      const duration = { value: event.seconds, units: "seconds" };
      return { type: "physicalActivity", duration, ...(reportedIntensity === undefined ? {} : { reportedIntensity }) };
    }
    case "health":
      return { type: "reportedState", states: [{ state: event.state }] };
  }
};

/** The datum of an event, in Tidepool's words. */
export const clarityDatum = (event: ClarityEvent, times: TimeMembers): Readonly<Record<string, unknown>> => ({
  ...ofKind(event),
  ...times,
  deviceId: deviceIdOf(event),
  origin: { id: clarityOriginId(event), name: "dexcom-clarity", type: "service" }
});
