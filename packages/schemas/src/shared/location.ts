import { measure } from "../rule/measure.ts";
import { int } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { required } from "../rule/rule.ts";
import { text } from "../rule/text.ts";
import { anyOf } from "./any-of.ts";
import { origin } from "./origin.ts";

const elevation = measure({
  feet: { min: -65_616.797_900_262_46, max: 3_280_839.895_013_123_3 },
  meters: { min: -20_000, max: 1_000_000 }
});
const accuracy = measure({ feet: { min: 0, max: 3280.839_895_013_123 }, meters: { min: 0, max: 1000 } });

const gps = object({
  elevation,
  floor: int({ min: -1000, max: 1000 }),
  horizontalAccuracy: accuracy,
  latitude: required(measure({ degrees: { min: -90, max: 90 } })),
  longitude: required(measure({ degrees: { min: -180, max: 180 } })),
  origin,
  verticalAccuracy: accuracy
});

/** Where something happened: by coordinates, by name, or both. */
export const location = object({ gps, name: text({ max: 100 }) }, { also: anyOf("gps", "name") });
