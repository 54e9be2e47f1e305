import type { FileStart } from "../../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../../format.ts";
import { tandemSection } from "./tandem-sections.ts";

const kindsIn = ({ table }: FileStart): ReadonlyArray<string> =>
  (table?.rows ?? []).flatMap((cells) => {
    const kind = tandemSection(cells)?.kind;
    return kind === undefined || kind === "unknown" ? [] : [kind];
  });

const detect = (start: FileStart): Verdict | undefined => {
  const kinds = start.zip ? start.zip.flatMap((inside) => kindsIn(inside.start)) : kindsIn(start);
  if (kinds.length === 0) return undefined;
  return {
    certainty: "certain",
    evidence: [`it has headings as Tandem writes them for ${[...new Set(kinds)].join(", ")}`]
  };
};

/** CSV files of Tandem Source, one for each kind of record or a zip of them, and those of t:connect before it. */
export const tandem: ReadableFormat = {
  id: "tandem",
  name: "Tandem t:connect or Tandem Source CSV",
  detect,
  load: async () => (await import("./open.ts")).openTandem
};
