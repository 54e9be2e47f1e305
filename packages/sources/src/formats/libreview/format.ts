import type { FileStart } from "../../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../../format.ts";
import { libreviewHeadings } from "./libreview-columns.ts";
import { inLibreviewOrder, isReaderProgramHeadings } from "./reader-program.ts";

const detect = ({ table }: FileStart): Verdict | undefined => {
  for (const cells of table?.rows ?? []) {
    const headings = libreviewHeadings(isReaderProgramHeadings(cells) ? inLibreviewOrder(cells) : cells);
    if (!headings) continue;
    const evidence = [
      `${headings.names.length} columns with historic, scanned and strip glucose in ${headings.units}, and ketones`
    ];
    return { certainty: "certain", evidence };
  }
  return undefined;
};

/** The CSV file of an Abbott LibreView account: FreeStyle Libre sensors, readers and the LibreLink app. */
export const libreview: ReadableFormat = {
  id: "libreview",
  name: "Abbott LibreView CSV",
  detect,
  load: async () => (await import("./open.ts")).openLibreview
};
