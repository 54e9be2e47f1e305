import type { FileStart } from "../../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../../format.ts";
import { distinctKinds, glookoFileHeadings } from "./glooko-kinds.ts";

const headingsOf = ({ table }: FileStart) => table && glookoFileHeadings(table.rows);

const detect = (start: FileStart): Verdict | undefined => {
  const files = start.zip ? start.zip.map((inside) => inside.start) : [start];
  const found = files.flatMap((file) => headingsOf(file) ?? []);
  const withPreamble = found.filter(({ hasPreamble }) => hasPreamble);
  const without = found.filter(({ kind }) => distinctKinds.has(kind));
  const told = withPreamble.length > 0 ? withPreamble : without;
  if (told.length === 0) return undefined;
  const kinds = [...new Set(told.map(({ kind }) => kind))].join(", ");
  const what = start.zip ? `it has files of ${kinds}` : `its columns are those of ${kinds}`;
  return withPreamble.length > 0
    ? { certainty: "certain", evidence: [`${what}, with a first line about a range of days`] }
    : { certainty: "likely", evidence: [what] };
};

/** The zip that Glooko exports, or CSV files out of it: pumps such as Omnipod 5, sensors, meters and what people entered. */
export const glooko: ReadableFormat = {
  id: "glooko",
  name: "Glooko export",
  detect,
  load: async () => (await import("./open.ts")).openGlooko
};
