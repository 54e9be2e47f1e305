import { originId } from "../../identity/origin-of.ts";
import type { ClarityEvent } from "./clarity-event.ts";
import { actingType, intensity } from "./clarity-words.ts";

/** The type of the datum that an event becomes. */
export const typeOf = ({ kind }: ClarityEvent) =>
  (
    {
      egv: "cbg",
      calibration: "deviceEvent",
      insulin: "insulin",
      carbs: "food",
      exercise: "physicalActivity",
      health: "reportedState"
    } as const
  )[kind];

const clockOf = ({ wall }: ClarityEvent): string => new Date(wall).toISOString().slice(0, 19);
const withoutSeconds = (event: ClarityEvent): string => clockOf(event).slice(0, 16);

/**
 * What tells an event apart. A reading: the transmitter and its seconds, which no zone and no change of clocks touches. What a person
 * entered: the time on the clock, what it is, and how much.
 */
export const clarityKey = (event: ClarityEvent): ReadonlyArray<string | number> => {
  const { kind, transmitter, ticks } = event;
  if (ticks !== undefined) return transmitter === undefined ? [withoutSeconds(event), ticks] : [transmitter, ticks];
  const clock = clockOf(event);
  if (kind === "insulin") return [clock, actingType(event.subtype) ?? event.subtype, event.units];
  if (kind === "carbs") return [clock, event.grams];
  if (kind === "exercise") return [clock, intensity(event.subtype) ?? event.subtype, event.seconds];
  return kind === "health" ? [clock, event.state] : [clock, kind];
};

/** The origin id of an event. */
export const clarityOriginId = (event: ClarityEvent): string =>
  originId({ source: "dexcom-clarity", parts: clarityKey(event), type: typeOf(event) });
