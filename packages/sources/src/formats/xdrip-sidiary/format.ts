import type { ReadableFormat } from "../../format.ts";
import { mappedFormat } from "../../mapping/mapped-format.ts";
import { sidiaryMapping } from "./sidiary-mapping.ts";

/**
 * What xDrip+ and Spike export for the program SiDiary: readings, calibrations and treatments, one block after the other, mostly
 * inside a zip archive. Written down from xDrip+'s source: no file of a person was at hand.
 */
export const xdripSidiary: ReadableFormat = {
  ...mappedFormat({
    name: "xDrip+ CSV (SiDiary)",
    mapping: sidiaryMapping,
    headings: ["DAY", "TIME", "UDT_CGMS", "BG_LEVEL"]
  }),
  load: async () => (await import("./open.ts")).openSidiary
};
