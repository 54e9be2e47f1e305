import type { UnreadableFormat } from "../../format.ts";
import { beginsWith, holds, unreadable } from "./by-content.ts";

const isCompound = beginsWith("\u00D0\u00CF\u0011\u00E0");
/** As texts of two bytes for each character stand in a compound file. */
const wide = (text: string): string => [...text].map((character) => `${character}\0`).join("");
const encrypted = wide("EncryptedPackage");

const saveAsCsv =
  "Choose the sheet with the records (only the one in front is saved), leave its dates as they are, and save it as CSV. A CSV of no known format can be read by a mapping.";

/** Files of spreadsheet programs, other than the workbooks that are read. */
export const spreadsheets: ReadonlyArray<UnreadableFormat> = [
  unreadable({
    id: "encrypted-excel",
    name: "an Excel workbook with a password",
    evidence: (start) =>
      isCompound(start) && start.text.includes(encrypted) ? "a compound file with an encrypted package" : undefined,
    instead: "Open it with its password, take the password away, and save it again; or export it again without one."
  }),
  unreadable({
    id: "diasend-excel",
    name: "an Excel export of diasend (.xls)",
    evidence: (start) =>
      isCompound(start) && start.text.includes("Name and glucose")
        ? 'a compound file with the sheet "Name and glucose"'
        : undefined,
    instead:
      "diasend has become Glooko: sign in at my.glooko.com, choose Export to CSV, and give that zip file as it is."
  }),
  unreadable({
    id: "old-excel",
    name: "an old Excel workbook (.xls)",
    evidence: (start) =>
      isCompound(start) && !start.text.includes(encrypted) && !start.text.includes("Name and glucose")
        ? "it begins like a Microsoft compound file"
        : undefined,
    instead: `Export as CSV in the first place, where the site offers that; or open it in a spreadsheet. ${saveAsCsv}`
  }),
  unreadable({
    id: "excel-workbook",
    name: "an Excel workbook (.xlsx) that is not Tidepool's",
    isLikely: true,
    evidence: (start) => (holds(start, "xl/workbook.xml") ? "the archive holds xl/workbook.xml" : undefined),
    instead: saveAsCsv
  }),
  unreadable({
    id: "excel-xml",
    name: "an Excel sheet as XML",
    evidence: ({ text }) =>
      text.includes("urn:schemas-microsoft-com:office:spreadsheet") ? "an XML document of Excel's" : undefined,
    instead: saveAsCsv
  }),
  unreadable({
    id: "open-document",
    name: "a LibreOffice or Numbers document",
    isLikely: true,
    evidence: (start) =>
      holds(start, "Index/Document.iwa") ||
      (holds(start, "content.xml") && holds(start, "mimetype")) ||
      holds(start, "word/document.xml")
        ? "the archive holds the parts of such a document"
        : undefined,
    instead: saveAsCsv
  }),
  unreadable({
    id: "empty-sheet",
    name: "an empty sheet that was saved as CSV",
    evidence: ({ text, whole }) =>
      whole && /^[\s,;]*[,;][\s,;]*$/u.test(text.slice(0, 65_536)) ? "it holds separators and nothing else" : undefined,
    instead: `The sheet in front was another one. ${saveAsCsv}`
  })
];
