import type { UnreadableFormat } from "../../format.ts";
import { beginsWith, unreadable } from "./by-content.ts";

const isPdf = beginsWith("%PDF-");
const isGzip = beginsWith("\u001F\u008B");
const isSqlite = beginsWith("SQLite format 3\0");
const isRar = beginsWith("Rar!");
const isSevenZip = beginsWith("7z\u00BC\u00AF");
const isPng = beginsWith("\u0089PNG");
const isJpeg = beginsWith("\u00FF\u00D8\u00FF");

/** Reports, pictures, databases and packed files. */
export const documents: ReadonlyArray<UnreadableFormat> = [
  unreadable({
    id: "encrypted-zip",
    name: "a zip archive with a password",
    evidence: ({ zip }) =>
      zip?.some(({ encrypted }) => encrypted) ? "a file inside is marked as encrypted" : undefined,
    instead: "Unpack it with its password first, and give the files that were in it."
  }),
  unreadable({
    id: "pdf",
    name: "a PDF report",
    evidence: (start) => (isPdf(start) ? "it begins with %PDF" : undefined),
    instead:
      "A report is a picture of the data and does not hold the records. " +
      "CareLink: Reports, then Data Export (CSV). Clarity: the export button beside the date, not Print. LibreView: Download glucose data. " +
      "Glooko: Export to CSV. Tandem Source: Export CSV. Tidepool: Export as JSON or Excel, not Print. " +
      "Eversense has no other export: give the one of Apple Health or Health Connect, which the app writes to."
  }),
  unreadable({
    id: "picture",
    name: "a picture",
    evidence: (start) => (isPng(start) || isJpeg(start) ? "it begins like PNG or JPEG" : undefined),
    instead: "A picture does not hold the records: look for an export as CSV in the app or on its web site."
  }),
  unreadable({
    id: "gzip",
    name: "a gzip-compressed file",
    evidence: (start) => (isGzip(start) ? "it begins like gzip" : undefined),
    instead: "Unpack it first: gunzip FILE, or zcat FILE | tideway upload -"
  }),
  unreadable({
    id: "other-archive",
    name: "a RAR or 7-Zip archive",
    evidence: (start) => (isRar(start) || isSevenZip(start) ? "it begins like such an archive" : undefined),
    instead: "Unpack it first, and give the files that were in it."
  }),
  unreadable({
    id: "sqlite",
    name: "an SQLite database",
    isLikely: true,
    evidence: (start) => (isSqlite(start) ? 'it begins with "SQLite format 3"' : undefined),
    instead:
      "From xDrip+: Menu, Import / Export, Export CSV (SiDiary format). From Health Connect: give the zip of its scheduled export as it is."
  }),
  unreadable({
    id: "apple-health-cda",
    name: "Apple Health's clinical document (export_cda.xml)",
    evidence: ({ text, zip }) =>
      !zip && text.includes("<ClinicalDocument") ? "it is an XML document of clinical data" : undefined,
    instead: "Give export.zip as the phone makes it, or the file export.xml in it."
  })
];
