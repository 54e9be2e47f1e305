import { kind } from "../kind.ts";
import { array } from "../rule/array.ts";
import { int } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { exactlyWhen, required } from "../rule/rule.ts";
import { oneOf, text } from "../rule/text.ts";

/** How the person says they are. */
export const reportedState = kind(
  { type: "reportedState" },
  {
    states: array(
      object({
        severity: int({ min: 0, max: 10 }),
        state: required(
          oneOf(["alcohol", "cycle", "hyperglycemiaSymptoms", "hypoglycemiaSymptoms", "illness", "other", "stress"])
        ),
        stateOther: exactlyWhen("state is other", ({ state }) => state === "other", text({ max: 100 }))
      }),
      { empty: true }
    )
  }
);
