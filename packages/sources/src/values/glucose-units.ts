import type { Need, NeedExample } from "../need.ts";
import type { GlucoseUnits } from "./glucose.ts";

/** So few values prove nothing. */
const fewest = 12;
/** Values that stay below are hardly mg/dL, and such that exceed it hardly mmol/L: nobody lives at 33 mg/dL, nor at 33 mmol/L. */
const border = 33.3;
const mostExamples = 5;

/**
 * Whether the values of a file can be in the units that its headings name: files whose headings and values disagree exist,
 * and 5.4 mg/dL instead of 5.4 mmol/L would be a deadly low on record.
 */
export class GlucoseUnitsCheck {
  private below = 0;
  private above = 0;
  private readonly examples: { readonly below: Array<NeedExample>; readonly above: Array<NeedExample> } = {
    below: [],
    above: []
  };

  /** Takes the next value, whatever its units. */
  add(value: number, place: NeedExample): void {
    const side = value < border ? "below" : "above";
    this[side]++;
    const examples = this.examples[side];
    if (examples.length < mostExamples) examples.push(place);
  }

  /** The question that has to be asked, where most values cannot be in these units or no units are known. */
  need(units: GlucoseUnits | undefined, file: string): Need | undefined {
    const { below, above } = this;
    const doubtful = units === "mg/dL" ? below : above;
    if (units !== undefined && (below + above < fewest || doubtful * 2 <= below + above)) return undefined;
    const message =
      units === undefined
        ? `${file} does not say whether its glucose is in mg/dL or mmol/L.`
        : `The headings of ${file} say ${units}, but most of its values can hardly be that.`;
    const examples = units === "mg/dL" ? this.examples.below : this.examples.above;
    return { kind: "units", files: [file], message: `${message} Say which.`, examples };
  }
}
