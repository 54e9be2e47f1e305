import type { FileStart } from "../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../format.ts";
import { mappedColumns, placeOf } from "./mapped-columns.ts";
import type { Mapping } from "./mapping.ts";

/** A mapping that comes with this package, and what its files are recognised by. */
export interface MappedFormat {
  readonly name: string;
  readonly mapping: Mapping;
  /** The headings that together only such files have. */
  readonly headings: ReadonlyArray<string | ReadonlyArray<string>>;
}

/** A format that is read by a mapping. */
export const mappedFormat = ({ name, mapping, headings }: MappedFormat): ReadableFormat => ({
  id: mapping.id,
  name,
  detect({ table }: FileStart): Verdict | undefined {
    for (const cells of table?.rows ?? []) {
      if (headings.some((heading) => placeOf(heading, cells) === undefined) || !mappedColumns(mapping, cells)) continue;
      const named = headings.map((heading) => `"${typeof heading === "string" ? heading : heading[0]!}"`).join(", ");
      return { certainty: "certain", evidence: [`the headings are those of ${name}: ${named}`] };
    }
    return undefined;
  },
  load: async () => (await import("./open-mapped.ts")).openMapped(mapping)
});
