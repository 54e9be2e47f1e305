import type { Entry, Page } from "../../entry.ts";
import type { OpenFiles } from "../../format.ts";
import type { InputFile } from "../../input-file.ts";
import type { NotesInProgress } from "../../notes.ts";
import { openWorkbook, type Workbook } from "../../xlsx/open-workbook.ts";
import { judgedEntry } from "../tidepool/judged-entry.ts";
import { rewriteExported } from "../tidepool/rewrite-exported.ts";
import { ExcelRecords } from "./excel-record.ts";

/** The sheet that stays visible where the web site could not export everything. */
const errorSheet = "EXPORT ERROR";

/** The records of a workbook as the JSON that the other export would have, so that both are made fit for upload in one way. */
const exportedRecords = async function* (
  { rows, from1904 }: Workbook,
  file: InputFile,
  notes: NotesInProgress
): AsyncGenerator<Page> {
  let sheetName: string | undefined;
  let records: ExcelRecords | undefined;
  for await (const { sheet, rows: page } of rows()) {
    if (sheet.name !== sheetName) records = undefined;
    sheetName = sheet.name;
    const entries: Array<Entry & { readonly text: string }> = [];
    for (const { row, cells } of page) {
      const headings = records === undefined ? ExcelRecords.of(cells, from1904) : undefined;
      if (headings) {
        records = headings;
        continue;
      }
      if (!records || cells.every((cell) => cell === undefined)) continue;
      const record = records.record(cells);
      // One record of settings is spread over the rows of several sheets.
      if (String(record["type"]).startsWith("pumpSettings")) notes.skip("row of pump settings");
      else entries.push({ text: JSON.stringify(record), at: `row ${row} of ${file.name}, sheet ${sheet.name}` });
    }
    yield { entries, text: entries.map(({ text }) => text).join("\n") };
  }
};

/** Reads Excel exports of Tidepool's web site, file by file. Times are UTC and units are named: nothing is needed. */
export const openTidepoolExcel: OpenFiles = async (files, _, notes) => {
  const workbooks: Array<{ readonly file: InputFile; readonly workbook: Workbook }> = [];
  for (const file of files) {
    const workbook = await openWorkbook(file);
    workbooks.push({ file, workbook });
    notes.assume(
      "own-ids",
      `${file.name} leaves out the origin ids that apps gave their records: they are known by Tidepool's own ids. Of one account, upload either the Excel or the JSON export, not both.`
    );
    if (workbook.sheets.some(({ name, isHidden }) => name === errorSheet && !isHidden)) {
      const message = `${file.name} says itself that it is incomplete: the web site could not export everything at once. Export again, in smaller ranges of dates.`;
      notes.warn("incomplete-export", message);
    }
  }
  return {
    needs: [],
    async *read() {
      for (const { file, workbook } of workbooks) {
        let linksLost = 0;
        const pages = rewriteExported(exportedRecords(workbook, file, notes), () => {
          linksLost++;
        });
        for await (const page of pages) if (page.length > 0) yield page.map(judgedEntry);
        if (linksLost > 0) notes.skip("link to a bolus or a status event that is not in the file", linksLost);
      }
    }
  };
};
