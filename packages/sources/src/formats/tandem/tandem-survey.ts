import type { Table } from "../../csv/open-table.ts";
import { outOfRangeWord, type GlucoseUnits } from "../../values/glucose.ts";
import { readNumber } from "../../values/read-number.ts";
import { type TandemSection, tandemSection } from "./tandem-sections.ts";

/** What a file says about itself as a whole. */
export interface TandemSurvey {
  /** Where its headings do not say it: in which its values can be at all. `undefined`: no glucose, or it cannot be told. */
  readonly units: GlucoseUnits | undefined;
  /** Whether there are values without units. */
  readonly hasUnnamed: boolean;
  /** The one device that it names; empty where there are none or several. */
  readonly onlySerial: string;
}

/** Nobody lives at less in mg/dL, nor at more in mmol/L. */
const border = 33.3;

/** Looks for the units and the device of rows that do not name them. */
export const surveyTandem = async (tables: ReadonlyArray<Table>): Promise<TandemSurvey> => {
  const serials = new Set<string>();
  let [below, above] = [0, 0];
  for (const table of tables) {
    let section: TandemSection | undefined;
    for await (const page of table.rows()) {
      for (const item of page) {
        if ("fault" in item) continue;
        const found = tandemSection(item.cells);
        section = found ?? section;
        if (found || !section) continue;
        const cellOf = (name: string): string => item.cells[section?.at.get(name) ?? -1]?.trim() ?? "";
        const serial = cellOf("serialnumber");
        if (serial !== "" && serials.size < 2) serials.add(serial);
        if (section.units !== undefined) continue;
        for (const text of [cellOf("readings"), cellOf("bg"), cellOf("targetbg")]) {
          const value = outOfRangeWord(text) ? undefined : readNumber(text);
          if (value === undefined || !(value > 0)) continue;
          if (value < border) below++;
          else above++;
        }
      }
    }
  }
  const units = above > below * 20 ? "mg/dL" : below > above * 20 ? "mmol/L" : undefined;
  const [first = ""] = serials;
  return { units, hasUnnamed: below + above > 0, onlySerial: serials.size === 1 ? first : "" };
};
