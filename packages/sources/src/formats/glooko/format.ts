import type { FileStart } from "../../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../../format.ts";
import { glookoFileHeadings } from "./glooko-kinds.ts";

const kindOf = ({ table }: FileStart): string | undefined => table && glookoFileHeadings(table.rows)?.kind;

const detect = (start: FileStart): Verdict | undefined => {
  const kinds = start.zip ? start.zip.map((inside) => kindOf(inside.start)) : [kindOf(start)];
  const known = [...new Set(kinds.filter((kind) => kind !== undefined))];
  if (known.length === 0) return undefined;
  const what = start.zip ? `it has files of ${known.join(", ")}` : `its columns are those of ${known.join()}`;
  return { certainty: "certain", evidence: [`${what}, each with a first line about a range of days`] };
};

/** The zip that Glooko exports, or CSV files out of it: pumps such as Omnipod 5, sensors, meters and what people entered. */
export const glooko: ReadableFormat = {
  id: "glooko",
  name: "Glooko export",
  detect,
  load: async () => (await import("./open.ts")).openGlooko
};
