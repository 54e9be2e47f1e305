import type { OpenFiles } from "../../format.ts";
import { openMapped } from "../../mapping/open-mapped.ts";
import { withPlainRows } from "./plain-rows.ts";
import { sidiaryMapping } from "./sidiary-mapping.ts";

/** Reads exports for SiDiary by a mapping, once their rows are plain. */
export const openSidiary: OpenFiles = (files, options, notes) => {
  const { encoding: _, ...others } = options;
  return openMapped(sidiaryMapping)(
    files.map((file) => withPlainRows(file, options)),
    others,
    notes
  );
};
