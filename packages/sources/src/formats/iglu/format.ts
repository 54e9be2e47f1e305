import { mappedFormat } from "../../mapping/mapped-format.ts";
import type { Mapping } from "../../mapping/mapping.ts";

/**
 * The tables of the R package iglu (Broll et al. 2021), as `write.csv` writes them: number of the row, `id`, `time`, `gl` in
 * mg/dL. The subject stands for the device; a table of
 * several subjects is refused.
 */
const mapping: Mapping = {
  id: "iglu",
  time: "time",
  device: { column: "id" },
  person: "id",
  records: [{ kind: "cbg", column: "gl", units: "mg/dL" }]
};

/** A table of the R package iglu. */
export const iglu = mappedFormat({ name: "iglu CSV", mapping, headings: ["id", "time", "gl"] });
