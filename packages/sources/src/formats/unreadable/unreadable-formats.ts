import type { FileStart } from "../../detect/file-start.ts";
import type { UnreadableFormat, Verdict } from "../../format.ts";

const certain = (...evidence: ReadonlyArray<string>): Verdict => ({ certainty: "certain", evidence });
const likely = (...evidence: ReadonlyArray<string>): Verdict => ({ certainty: "likely", evidence });

const beginsWith = (text: string) => {
  const bytes = [...text].map((character) => character.charCodeAt(0));
  return (start: FileStart): boolean => bytes.every((byte, index) => start.bytes[index] === byte);
};

const isGzip = beginsWith("\u001F\u008B");
const isPdf = beginsWith("%PDF-");
const isOldExcel = beginsWith("\u00D0\u00CF\u0011\u00E0");
const isSqlite = beginsWith("SQLite format 3\0");

/** Kinds of files that people have in hand and that are not read: with the export to make instead. */
export const unreadableFormats: ReadonlyArray<UnreadableFormat> = [
  {
    id: "encrypted-zip",
    name: "a zip archive with a password",
    detect: ({ zip }) =>
      zip?.some(({ encrypted }) => encrypted) ? certain("a file inside is marked as encrypted") : undefined,
    instead: "Unpack it with its password first, and give the files that were in it."
  },
  {
    id: "pdf",
    name: "a PDF report",
    detect: (start) => (isPdf(start) ? certain("it begins with %PDF") : undefined),
    instead:
      "A report is a picture of the data and does not hold the records. " +
      "CareLink: Reports, then Data Export (CSV). Clarity: the export button beside the date, not Print. LibreView: Download glucose data. Glooko: Export to CSV."
  },
  {
    id: "gzip",
    name: "a gzip-compressed file",
    detect: (start) => (isGzip(start) ? certain("it begins like gzip") : undefined),
    instead: "Unpack it first: gunzip FILE, or zcat FILE | tideway upload -"
  },
  {
    id: "old-excel",
    name: "an old Excel workbook (.xls)",
    detect: (start) => (isOldExcel(start) ? certain("it begins like a Microsoft compound file") : undefined),
    instead: "Open it in a spreadsheet and save it as CSV, or export as CSV in the first place."
  },
  {
    id: "sqlite",
    name: "an SQLite database",
    detect: (start) => (isSqlite(start) ? likely('it begins with "SQLite format 3"') : undefined),
    instead:
      "From xDrip+: Menu, Import / Export, Export CSV (SiDiary format). From Health Connect: give the zip of its scheduled export as it is."
  },
  {
    id: "librelinkup-json",
    name: "an answer of LibreLinkUp",
    detect: ({ text }) =>
      /"(?:FactoryTimestamp|ValueInMgPerDl|GlucoseUnits)"\s*:/u.test(text)
        ? certain("it has members that LibreLinkUp's service gives")
        : undefined,
    instead:
      "It holds twelve hours at most. The whole record: sign in at libreview.com, choose Download glucose data, and give that CSV file."
  },
  {
    id: "apple-health-cda",
    name: "Apple Health's clinical document (export_cda.xml)",
    detect: ({ text, zip }) =>
      !zip && text.includes("<ClinicalDocument") ? certain("it is an XML document of clinical data") : undefined,
    instead: "Give export.zip as the phone makes it, or the file export.xml in it."
  },
  {
    id: "web-page",
    name: "a web page",
    detect: ({ text }) => (/^\s*<(?:!doctype html|html)/iu.test(text) ? certain("it begins like HTML") : undefined),
    instead: "The download was perhaps answered by a sign-in page: sign in, and download the export again."
  }
];
