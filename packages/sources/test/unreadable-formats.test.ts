import { type InputFile, UnreadableInput } from "@tideway/sources";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { excelFile } from "./excel-file.ts";
import { fileOf, zipOf } from "./input-files.ts";
import { openFiles } from "./open-files.ts";

const bytesOf = (text: string): Uint8Array => Buffer.from(text, "latin1");
const compound = (inside: string) => bytesOf(`\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1${inside}`);
const wide = (text: string) => [...text].map((character) => `${character}\0`).join("");

/** An archive whose one file is marked as encrypted. */
const encryptedZip = (): Uint8Array => {
  const bytes = zipSync({ "cgm_data_1.csv": Buffer.from("x".repeat(50)) });
  bytes[6]! |= 1;
  return bytes;
};

const files: ReadonlyArray<readonly [what: string, file: InputFile, advice: RegExp]> = [
  ["a PDF report", fileOf("a.csv", "%PDF-1.7\n"), /CareLink: Reports, then Data Export \(CSV\)/u],
  ["a picture", fileOf("a.csv", bytesOf("\u0089PNG\r\n")), /look for an export as CSV/u],
  ["a zip archive with a password", fileOf("a.zip", encryptedZip()), /with its password first/u],
  ["a gzip-compressed file", fileOf("a.gz", bytesOf("\u001F\u008B\u0008")), /zcat FILE/u],
  ["a RAR or 7-Zip archive", fileOf("a.rar", "Rar!\u001A"), /Unpack it first/u],
  ["an SQLite database", fileOf("a.db", "SQLite format 3\0"), /SiDiary/u],
  ["Apple Health's clinical document", fileOf("a.xml", '<?xml version="1.0"?><ClinicalDocument>'), /export\.zip/u],
  [
    "an Excel workbook with a password",
    fileOf("a.xlsx", compound(wide("EncryptedPackage"))),
    /take the password away/u
  ],
  ["an Excel export of diasend", fileOf("a.xls", compound("Name and glucose")), /my\.glooko\.com/u],
  ["an old Excel workbook", fileOf("a.xls", compound("Sheet1")), /save it as CSV/u],
  [
    "an Excel workbook (.xlsx) that is not Tidepool's",
    excelFile([{ name: "A", rows: [["x"]] }]),
    /only the one in front/u
  ],
  [
    "an Excel sheet as XML",
    fileOf("a.xls", '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
    /save it as CSV/u
  ],
  ["a LibreOffice or Numbers document", zipOf("a.ods", { mimetype: "x", "content.xml": "<a/>" }), /save it as CSV/u],
  ["an empty sheet that was saved as CSV", fileOf("a.csv", ",,,\r\n,,,\r\n"), /The sheet in front was another one/u],
  [
    "an answer of LibreLinkUp",
    fileOf("a.json", '{"data":[{"FactoryTimestamp":"1/2/2026 3:04:05 PM"}]}'),
    /libreview\.com/u
  ],
  [
    "an answer of Dexcom Share",
    fileOf("a.json", '[{"WT":"Date(1700000000000)","Value":100,"Trend":"Flat"}]'),
    /clarity/u
  ],
  ["an answer of Dexcom's web API", fileOf("a.json", '{"recordType": "egv","records":[{"value":100}]}'), /clarity/u],
  ["an answer of CareLink Connect", fileOf("a.json", '{"lastSensorTS":1,"sgs":[{"sg":100}]}'), /Data Export \(CSV\)/u],
  [
    "a site's answer that refuses the request",
    fileOf("a.json", '{"status":401,"message":"Unauthorized"}'),
    /token or a secret/u
  ],
  ["the settings of AndroidAPS", fileOf("a.json", '{"format":"aaps_encrypted","content":"x"}'), /Nightscout site/u],
  ["a web page", fileOf("a.csv", "<!DOCTYPE html><html>"), /sign-in page/u]
];

describe("a file that is known and cannot be read", () => {
  it.each(files)("is named, with the export to make instead: %s", async (what, file, advice) => {
    const refusal = await openFiles([file], { timezone: "Europe/Berlin" }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnreadableInput);
    const { code, message } = refusal as UnreadableInput;
    expect([code, message.slice(0, `${file.name} is ${what}`.length)]).toEqual([
      "unreadable-format",
      `${file.name} is ${what}`
    ]);
    expect(message).toMatch(advice);
    // Nothing of what is in it.
    expect(message).not.toMatch(/1700000000000|3:04:05|Unauthorized/u);
  });
});
