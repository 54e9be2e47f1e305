import type { FileStart } from "../../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../../format.ts";
import { carelinkColumns } from "./carelink-columns.ts";

const detect = ({ table }: FileStart): Verdict | undefined => {
  for (const cells of table?.rows ?? []) {
    const columns = carelinkColumns(cells);
    if (columns?.at.isig === undefined) continue;
    const evidence = [
      `${columns.names.length} columns with sensor glucose in ${columns.units}, its signal and a pump's records`
    ];
    return { certainty: "certain", evidence };
  }
  return undefined;
};

/** The CSV file of Medtronic CareLink: MiniMed pumps, Guardian sensors and their apps. */
export const carelink: ReadableFormat = {
  id: "carelink",
  name: "Medtronic CareLink CSV",
  detect,
  load: async () => (await import("./open.ts")).openCarelink
};
