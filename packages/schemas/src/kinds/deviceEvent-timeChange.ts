import { kind } from "../kind.ts";
import { object } from "../rule/object.ts";
import { type Members, absent, required, when } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { localTime, localTimeAsUtc } from "../rule/time.ts";
import { anyOf } from "../shared/any-of.ts";
import { zoneName } from "../shared/zone.ts";

const agent = oneOf(["automatic", "manual"]);

const clock = object({ time: localTimeAsUtc(), timeZoneName: zoneName() }, { also: anyOf("time", "timeZoneName") });

/** Whether the change is told the newer way: with any of these members, `change` has no place. */
const newer = ({ from, method, to }: Members): boolean => !absent(from) || !absent(method) || !absent(to);

/** A device's clock or zone set to another. */
export const timeChangeEvent = kind(
  { type: "deviceEvent", subType: "timeChange" },
  {
    from: clock,
    method: agent,
    to: when("needed where change is not given", (members) => (newer(members) ? "required" : "optional"), clock),
    change: when(
      "forbidden beside from, method and to",
      (members) => (newer(members) ? "forbidden" : "optional"),
      object({ agent: required(agent), from: required(localTime()), to: required(localTime()) })
    )
  },
  {
    also: (members, walk) => {
      if (newer(members) || !absent(members["change"])) return;
      walk.report(undefined, { code: "values-not-exist-for-one", text: "must have to, or change" }, undefined);
    }
  }
);
