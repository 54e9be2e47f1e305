import { kind } from "../kind.ts";
import { int } from "../rule/number.ts";
import { exactlyWhen, required } from "../rule/rule.ts";
import { oneOf, text } from "../rule/text.ts";
import { notBefore, time } from "../rule/time.ts";
import { seconds } from "../shared/units.ts";

const sinceIssued = time({ refused: notBefore("issuedTime") });

/** An alert that was issued to the person. */
export const alert = kind(
  { type: "alert" },
  {
    name: required(text({ max: 100 })),
    priority: oneOf(["critical", "normal", "timeSensitive"]),
    trigger: oneOf(["delayed", "immediate", "repeating"]),
    triggerDelay: exactlyWhen(
      "trigger is delayed or repeating",
      ({ trigger }) => trigger === "delayed" || trigger === "repeating",
      seconds(int({ min: 0, max: 86_400 }))
    ),
    sound: oneOf(["name", "silence", "vibrate"]),
    soundName: exactlyWhen("sound is name", ({ sound }) => sound === "name", text({ max: 100 })),
    issuedTime: required(time({ zero: false })),
    acknowledgedTime: sinceIssued,
    retractedTime: sinceIssued
  }
);
