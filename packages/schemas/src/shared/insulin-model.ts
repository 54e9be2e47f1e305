import { int } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { exactlyWhen } from "../rule/rule.ts";
import { oneOf, text } from "../rule/text.ts";
import { seconds } from "./units.ts";

/** A day in seconds. */
const day = 86_400;

/** How a pump reckons that insulin works. */
export const insulinModel = object({
  modelType: oneOf(["fiasp", "other", "rapidAdult", "rapidChild", "walsh"]),
  modelTypeOther: exactlyWhen("modelType is other", ({ modelType }) => modelType === "other", text({ max: 100 })),
  actionDelay: seconds(int({ min: 0, max: day })),
  actionDuration: seconds(int({ min: 0, max: day })),
  actionPeakOffset: seconds(
    int(
      ({ actionDuration }) => {
        const known = typeof actionDuration === "number" && actionDuration >= 0 && actionDuration <= day;
        return { min: 0, max: known ? actionDuration : day };
      },
      { min: 0, max: day }
    )
  )
});
