import { kind } from "../kind.ts";
import { array, texts } from "../rule/array.ts";
import { int } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { type Fault, required } from "../rule/rule.ts";
import { pattern, text } from "../rule/text.ts";
import { olderAlerts } from "../shared/cgm-alerts-older.ts";
import { cgmAlerts } from "../shared/cgm-alerts.ts";
import { deviceParts } from "../shared/device.ts";
import { glucoseUnits } from "../shared/glucose.ts";
import { milliseconds } from "../shared/units.ts";

/** A day in milliseconds. */
const day = 86_400_000;
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
const notWeekday: Fault = { code: "value-not-allowed", text: `must be one of: ${weekdays.join(", ")}` };
const transmitterId = /^(?:[0-9a-zA-Z]{5,64})?$/;

const scheduledAlert = object({
  name: text({ max: 100 }),
  days: required(
    texts((z) => z.enum(weekdays), {
      each: (text) => (weekdays.some((weekday) => weekday === text) ? undefined : notWeekday),
      empty: true,
      repeats: false
    })
  ),
  start: required(milliseconds(int({ min: 0, max: day }))),
  end: required(milliseconds(int({ min: 0, max: 2 * day }))),
  alerts: required(cgmAlerts)
});

/** What a glucose monitor is set to. */
export const cgmSettings = kind(
  { type: "cgmSettings" },
  {
    ...deviceParts,
    transmitterId: pattern(
      {
        matches: (value) => transmitterId.test(value),
        text: "must be 5 to 64 of 0-9, a-z and A-Z, or empty",
        regex: transmitterId
      },
      { empty: false }
    ),
    units: glucoseUnits(),
    defaultAlerts: cgmAlerts,
    scheduledAlerts: array(scheduledAlert, { max: 10 }),
    ...olderAlerts
  },
  {
    units: ({ units }) => units,
    // Read by one name, stored and given back by another.
    stored: ({ rateOfChangeAlerts, ...rest }) =>
      rateOfChangeAlerts === undefined ? rest : { ...rest, rateOfChangeAlert: rateOfChangeAlerts }
  }
);
