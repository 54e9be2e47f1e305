import { number } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { absent, exactlyWhen } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { time } from "../rule/time.ts";
import { anyOf } from "./any-of.ts";

const share = { min: 0, max: 1 };

/** A battery: its state, how much is left, or both. */
export const battery = object(
  {
    time: time(),
    state: oneOf(["charging", "full", "unplugged"]),
    remaining: number(({ units }) => (units === "percent" ? share : undefined), share),
    units: exactlyWhen("remaining is given", ({ remaining }) => !absent(remaining), oneOf(["percent"]))
  },
  { also: anyOf("state", "remaining") }
);
