import { kind } from "../kind.ts";
import { bool, number } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { absent, exactlyWhen, required, when } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { notBefore, time } from "../rule/time.ts";
import { anyOf } from "../shared/any-of.ts";
import { battery } from "../shared/battery.ts";

const units = number({ min: 0, max: 1000 });

const basalDelivery = object({
  state: required(
    oneOf([
      "cancelingTemporary",
      "initiatingTemporary",
      "resuming",
      "scheduled",
      "suspended",
      "suspending",
      "temporary"
    ])
  ),
  time: exactlyWhen(
    "state is scheduled or suspended",
    ({ state }) => state === "scheduled" || state === "suspended",
    time()
  ),
  dose: exactlyWhen(
    "state is temporary",
    ({ state }) => state === "temporary",
    object({
      startTime: time(),
      endTime: when(
        "allowed only beside startTime",
        ({ startTime }) => (absent(startTime) ? "forbidden" : "optional"),
        time({ refused: notBefore("startTime") })
      ),
      rate: required(number({ min: 0, max: 100 })),
      amountDelivered: units
    })
  )
});

const bolusDelivery = object({
  state: required(oneOf(["canceling", "delivering", "initiating", "none"])),
  dose: exactlyWhen(
    "state is delivering",
    ({ state }) => state === "delivering",
    object({ startTime: time(), amount: required(units), amountDelivered: units })
  )
});

const members = {
  basalDelivery,
  battery,
  bolusDelivery,
  deliveryIndeterminant: bool(),
  reservoir: object({
    time: time(),
    remaining: required(number({ min: 0, max: 10_000 })),
    units: required(oneOf(["Units"]))
  })
};

/** What a pump is doing. */
export const pumpStatus = kind({ type: "pumpStatus" }, members, { also: anyOf(...Object.keys(members)) });
