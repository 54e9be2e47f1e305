import type { FileStart } from "../../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../../format.ts";
import { clarityColumns } from "./clarity-columns.ts";

const detect = ({ table }: FileStart): Verdict | undefined => {
  for (const cells of table?.rows ?? []) {
    const columns = clarityColumns(cells);
    if (!columns) continue;
    const evidence = [
      `${columns.count} columns with events, glucose in ${columns.units}, its rate of change and transmitter time`
    ];
    return { certainty: "certain", evidence };
  }
  return undefined;
};

/** The CSV file that Dexcom Clarity exports, for readings of Dexcom G4 to G7. */
export const dexcomClarity: ReadableFormat = {
  id: "dexcom-clarity",
  name: "Dexcom Clarity CSV",
  detect,
  load: async () => (await import("./open.ts")).openClarity
};
