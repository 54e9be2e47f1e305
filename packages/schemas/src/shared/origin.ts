import { metadata } from "../rule/metadata.ts";
import { object } from "../rule/object.ts";
import { oneOf, text } from "../rule/text.ts";
import { timeText } from "../rule/time.ts";

/** Where a datum comes from. `origin.id` is its identity inside a continuous session. */
export const origin = object({
  id: text({ max: 100 }),
  name: text({ max: 100 }),
  payload: metadata(),
  time: timeText(),
  type: oneOf(["application", "device", "manual", "service"]),
  version: text({ max: 100 })
});
