import { embeddedIn } from "../embedded.ts";
import { kind } from "../kind.ts";
import { required } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { statusEvent } from "./deviceEvent-status.ts";

/** An alarm of a device, with the change of delivery that came of it. */
export const alarmEvent = kind(
  { type: "deviceEvent", subType: "alarm" },
  {
    alarmType: required(
      oneOf([
        "auto_off",
        "low_insulin",
        "low_power",
        "no_delivery",
        "no_insulin",
        "no_power",
        "occlusion",
        "other",
        "over_limit"
      ])
    ),
    status: embeddedIn([statusEvent])
  },
  { embeds: "status" }
);
