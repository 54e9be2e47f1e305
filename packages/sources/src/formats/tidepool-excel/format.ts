import type { FileStart } from "../../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../../format.ts";

const detect = ({ zip }: FileStart): Verdict | undefined => {
  if (!zip?.some(({ name }) => name === "xl/workbook.xml")) return undefined;
  const has = (text: string) => zip.some(({ name, start }) => /^xl\/.*\.xml$/u.test(name) && start.text.includes(text));
  const isExport = has("Zulu Time") && (has("Tidepool Data Type") || has("Tidepool Wizard Type"));
  if (isExport)
    return { certainty: "certain", evidence: ['a workbook with the columns "Zulu Time" and "Tidepool Data Type"'] };
  return has("EXPORT ERROR") && has("NO DATA")
    ? { certainty: "certain", evidence: ['a workbook with the sheets "EXPORT ERROR" and "NO DATA"'] }
    : undefined;
};

/** The Excel workbook that Tidepool's web site exports unless told otherwise: one sheet for each type of record. */
export const tidepoolExcel: ReadableFormat = {
  id: "tidepool-excel",
  name: "Tidepool Excel export",
  detect,
  load: async () => (await import("./open.ts")).openTidepoolExcel
};
