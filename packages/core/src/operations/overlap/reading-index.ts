import type { Quantity, ComparedReading } from "../../contract/overlap.ts";

/** Two readings of one moment may be so far apart, in milliseconds: some programs cut a time off to the second. */
const mostApart = 1000;

/** How far two amounts of one reading may be apart: a tenth of a mmol/L is what some exports round to. */
const tolerances: Readonly<Record<Quantity, number>> = {
  glucose: 0.0501,
  ketone: 0.0501,
  bolus: 0.00501,
  basal: 0.00501,
  carbohydrate: 0.501
};

const secondOf = (time: number) => Math.floor(time / mostApart);

/** Finds the readings of a record that are the same as another one. */
export class ReadingIndex {
  readonly #bySecond = new Map<string, Array<number>>();
  readonly #readings: ReadonlyArray<ComparedReading>;

  constructor(readings: ReadonlyArray<ComparedReading>) {
    this.#readings = readings;
    for (const [position, { quantity, time }] of readings.entries()) {
      const key = `${quantity} ${secondOf(time)}`;
      const there = this.#bySecond.get(key);
      if (there) there.push(position);
      else this.#bySecond.set(key, [position]);
    }
  }

  /** Positions of those that are the same. */
  same({ quantity, time, amount }: ComparedReading): ReadonlyArray<number> {
    const second = secondOf(time);
    return [second - 1, second, second + 1]
      .flatMap((near) => this.#bySecond.get(`${quantity} ${near}`) ?? [])
      .filter((position) => {
        const reading = this.#readings[position]!;
        const isNear = Math.abs(reading.time - time) <= mostApart;
        return isNear && Math.abs(reading.amount - amount) <= tolerances[quantity];
      });
  }
}
