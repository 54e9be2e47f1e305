import { array, textsOfLength } from "./rule/array.ts";
import { metadata } from "./rule/metadata.ts";
import { int } from "./rule/number.ts";
import { required } from "./rule/rule.ts";
import { literal, text } from "./rule/text.ts";
import { localTime, time } from "./rule/time.ts";
import { association } from "./shared/association.ts";
import { dataId } from "./shared/ids.ts";
import { location } from "./shared/location.ts";
import { origin } from "./shared/origin.ts";
import { milliseconds, minutes } from "./shared/units.ts";
import { zoneName } from "./shared/zone.ts";

/** A day in milliseconds. */
const day = 86_400_000;

/** What every datum may have, whatever its kind. Only `time` is needed. */
export const base = {
  annotations: array(metadata(), { max: 100 }),
  associations: array(association, { max: 100 }),
  clockDriftOffset: milliseconds(int({ min: -day, max: day })),
  conversionOffset: milliseconds(int()),
  deviceId: text(),
  deviceTime: localTime(),
  id: dataId(),
  location,
  notes: textsOfLength(1000, { empty: true, emptyIsAbsent: true, max: 100 }),
  origin,
  payload: metadata(),
  source: literal("carelink", "value-out-of-range"),
  tags: textsOfLength(100, { max: 100, repeats: false, sorted: true }),
  time: required(time({ zero: false })),
  timezone: zoneName(),
  timezoneOffset: minutes(int({ min: -10_080, max: 10_080 }))
};
