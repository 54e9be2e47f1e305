import { metadata } from "../rule/metadata.ts";
import { object } from "../rule/object.ts";
import { oneOf, text } from "../rule/text.ts";
import { timeText } from "../rule/time.ts";

/** The most characters (Unicode code points) that the platform takes in an origin's id, name and version. */
export const longestInOrigin = 100;

/** Where a datum comes from. `origin.id` is its identity inside a continuous session. */
export const origin = object({
  id: text({ max: longestInOrigin }),
  name: text({ max: longestInOrigin }),
  payload: metadata(),
  time: timeText(),
  type: oneOf(["application", "device", "manual", "service"]),
  version: text({ max: longestInOrigin })
});
