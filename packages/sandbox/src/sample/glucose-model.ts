/** What the body of the sample person is like. A person with type 1 on a pump; ordinary, not ideal. */
export const person = {
  /** mg/dL that one unit brings down. */
  sensitivity: 45,
  /** Grams of carbohydrate that one unit covers. */
  carbRatio: 10,
  /** Where glucose drifts to when left alone, mg/dL. */
  setPoint: 122
} as const;

/** Minutes from one reading to the next, as of most CGMs. */
export const stepMinutes = 5;

/** Mean time in each of two compartments, minutes: carbohydrate peaks after 40, insulin after 65. */
const carbTau = 40;
const insulinTau = 65;

/** The body at one moment. */
export interface BodyState {
  /** mg/dL. */
  readonly glucose: number;
  /** Grams in the stomach and in the gut. */
  readonly carbs: readonly [number, number];
  /** Units under the skin and in the blood. */
  readonly insulin: readonly [number, number];
  /** Slow, unexplained drift, mg/dL a minute. */
  readonly drift: number;
}

/** What comes in during one step. */
export interface BodyInputs {
  readonly grams: number;
  readonly bolusUnits: number;
  /** Basal beyond (or below) what keeps this body level, units in the step. */
  readonly extraBasalUnits: number;
  /** Hour of the local day, 0 to 24: mornings raise glucose. */
  readonly hour: number;
  /** Standard normal. */
  readonly noise: number;
}

export const restingBody: BodyState = { glucose: 128, carbs: [0, 0], insulin: [0, 0], drift: 0 };

/** Insulin that still has to act, units. */
export const insulinOnBoard = ({ insulin: [skin, blood] }: BodyState): number => Math.max(0, skin + blood);

/** mg/dL a minute that early morning hormones add, most at half past five. */
const dawn = (hour: number): number => 0.22 * Math.exp(-((hour - 5.5) ** 2) / 3);

/** Five minutes later. Two compartments each for food and insulin, a slow pull to the set point, and drift. */
export const stepBody = (body: BodyState, inputs: BodyInputs): BodyState => {
  const stomach = body.carbs[0] + inputs.grams;
  const skin = body.insulin[0] + inputs.bolusUnits + inputs.extraBasalUnits;
  const absorbed = (stepMinutes * body.carbs[1]) / carbTau;
  const acted = (stepMinutes * body.insulin[1]) / insulinTau;
  const carbs = [
    stomach - (stepMinutes * stomach) / carbTau,
    body.carbs[1] + (stepMinutes * stomach) / carbTau - absorbed
  ] as const;
  const insulin = [
    skin - (stepMinutes * skin) / insulinTau,
    body.insulin[1] + (stepMinutes * skin) / insulinTau - acted
  ] as const;
  const drift = 0.96 * body.drift + 0.075 * inputs.noise;
  const change =
    (person.sensitivity / person.carbRatio) * absorbed -
    person.sensitivity * acted +
    stepMinutes * (dawn(inputs.hour) + drift - 0.004 * (body.glucose - person.setPoint));
  return { glucose: Math.min(480, Math.max(36, body.glucose + change)), carbs, insulin, drift };
};
