import { mappedFormat } from "../../mapping/mapped-format.ts";
import type { Mapping } from "../../mapping/mapping.ts";

/**
 * What an Accu-Chek Mobile writes into its folder `Reports`: two rows with the serial number and the moment of the download, then
 * `Date;Time;Result;Unit;Temperature warning;Out of target range;Other;Before meal;After meal;Control test`. As the comment of a public reader
 * (drip-tidepool) shows them, with dates as 08.12.2015; no file was at hand. The meter measures from 10 to 600 mg/dL.
 */
const mapping: Mapping = {
  id: "accu-chek",
  time: { date: "Date", time: "Time" },
  dateOrder: "dmy",
  device: { model: "Accu-Chek Mobile", above: "Serial number" },
  records: [
    {
      kind: "smbg",
      column: "Result",
      units: { column: "Unit" },
      range: { low: 10, high: 600 },
      where: { "Control test": "" }
    },
    { kind: "ignore", column: "Control test", as: "test with control solution" }
  ]
};

/** The report that an Accu-Chek Mobile meter writes when it is plugged in. */
export const accuChek = mappedFormat({
  name: "Accu-Chek Mobile CSV",
  mapping,
  headings: ["Result", "Unit", "Control test", "Out of target range"]
});
