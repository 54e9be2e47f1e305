import { kind } from "../kind.ts";
import { array } from "../rule/array.ts";
import { metadata } from "../rule/metadata.ts";
import { int, number } from "../rule/number.ts";
import { isObject, object } from "../rule/object.ts";
import { type Members, type Presence, absent, required, when } from "../rule/rule.ts";
import { oneOf, text } from "../rule/text.ts";
import { time } from "../rule/time.ts";
import { anyOf } from "../shared/any-of.ts";
import { glucoseNumber, glucoseUnits, glucoseValue } from "../shared/glucose.ts";
import { nutrition } from "../shared/nutrition.ts";
import { targetSchedule } from "../shared/schedule.ts";
import { milliseconds, minutes, unitsOfInsulin, unitsPerHour } from "../shared/units.ts";

const food = object({ time: time(), nutrition: required(nutrition) });
const amount = number({ min: 0, max: 100 });
const insulin = unitsOfInsulin(amount);
const duration = milliseconds(int({ min: 0, max: 86_400_000 }));

const withoutAmount = ({ amount }: Members): Presence => (absent(amount) ? "optional" : "forbidden");
const notBesideAmount = "forbidden beside amount";
const bolus = object(
  {
    amount: insulin,
    duration: when(
      "needed where extended is given, and forbidden elsewhere",
      ({ amount, extended }) => (absent(amount) && !absent(extended) ? "required" : "forbidden"),
      duration
    ),
    extended: when(notBesideAmount, withoutAmount, insulin),
    normal: when(notBesideAmount, withoutAmount, insulin)
  },
  { also: anyOf("amount", "extended", "normal") }
);
const issues = array(object({ id: required(text({ max: 100 })), metadata: metadata() }), { max: 100 });

/** What a dosing algorithm knew, and what it decided. */
export const dosingDecision = kind(
  { type: "dosingDecision" },
  {
    reason: required(text({ max: 100 })),
    originalFood: food,
    food,
    smbg: object({ time: required(time()), value: required(glucoseValue()) }),
    carbsOnBoard: object({ time: time(), amount: required(number({ min: 0, max: 1000 })) }),
    insulinOnBoard: object({ time: time(), amount: required(unitsOfInsulin(number({ min: -1000, max: 1000 }))) }),
    bgTargetSchedule: targetSchedule,
    bgHistorical: array(object({ time: required(time()), value: required(glucoseValue()) }), { max: 1440 }),
    bgForecast: array(object({ time: time(), value: required(glucoseNumber()) }), { max: 1440 }),
    recommendedBasal: object({ rate: required(unitsPerHour(amount)), duration }),
    recommendedBolus: bolus,
    requestedBolus: bolus,
    warnings: issues,
    errors: issues,
    scheduleTimeZoneOffset: minutes(int({ min: -10_080, max: 10_080 })),
    units: required(
      object({
        bg: required(glucoseUnits()),
        carb: required(oneOf(["exchanges", "grams"])),
        insulin: required(oneOf(["Units"]))
      })
    )
  },
  { units: ({ units }) => (isObject(units) ? units["bg"] : undefined) }
);
