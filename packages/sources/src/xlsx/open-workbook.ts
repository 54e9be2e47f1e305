import type { InputFile } from "../input-file.ts";
import { UnreadableInput } from "../unreadable-input.ts";
import { zipEntries } from "../zip/zip-entries.ts";
import { type SheetRow, sheetReader } from "./cells.ts";
import { BadXml, XmlPieces } from "./xml-pieces.ts";

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  /** Its path inside the archive. */
  readonly path: string;
  readonly isHidden: boolean;
}

/** A workbook that was opened, and can be read any number of times. */
export interface Workbook {
  readonly sheets: ReadonlyArray<Sheet>;
  /** Its days are counted from 1904 on. */
  readonly from1904: boolean;
  /** The rows of all sheets in pages, sheet by sheet as they stand in the archive. */
  rows(): AsyncIterable<{ readonly sheet: Sheet; readonly rows: ReadonlyArray<SheetRow> }>;
}

/** What all texts of a workbook that was saved again may take together, in characters. */
const mostShared = 33_554_432;

const bookPath = "xl/workbook.xml";
const linksPath = "xl/_rels/workbook.xml.rels";
const sharedPath = "xl/sharedStrings.xml";

const pathOf = (name: string): string => name.replaceAll("\\", "/");

const damaged = (file: InputFile): UnreadableInput =>
  new UnreadableInput("damaged", `The workbook ${file.name} is damaged or cut short: download or export it again.`);

/** What a workbook says of itself: its sheets by the id of their link, the links, and the texts that cells refer to. */
class Parts {
  readonly sheets: Array<{ readonly name: string; readonly id: string; readonly isHidden: boolean }> = [];
  readonly links = new Map<string, string>();
  readonly shared: Array<string> = [];
  from1904 = false;
  private sharedLength = 0;

  reader(path: string): XmlPieces | undefined {
    if (path === bookPath) return this.book();
    if (path === linksPath) return this.relations();
    return path === sharedPath ? this.texts() : undefined;
  }

  private book(): XmlPieces {
    return new XmlPieces({
      open: (name, attributes) => {
        if (name === "workbookPr") this.from1904 = /^(?:1|true)$/u.test(attributes["date1904"] ?? "");
        if (name !== "sheet") return;
        const id = Object.entries(attributes).find(([key]) => /(?:^|:)id$/u.test(key))?.[1];
        const isHidden = (attributes["state"] ?? "visible") !== "visible";
        this.sheets.push({ name: attributes["name"] ?? "", id: id ?? "", isHidden });
      }
    });
  }

  private relations(): XmlPieces {
    return new XmlPieces({
      open: (name, { Id: id, Target: target }) => {
        if (name === "Relationship" && id !== undefined && target !== undefined)
          this.links.set(id, target.startsWith("/") ? target.slice(1) : `xl/${target}`);
      }
    });
  }

  private texts(): XmlPieces {
    let text = "";
    let isText = false;
    let isPhonetic = false;
    return new XmlPieces({
      open: (name) => {
        if (name === "si") text = "";
        else if (name === "rPh") isPhonetic = true;
        else if (name === "t" && !isPhonetic) isText = true;
      },
      close: (name) => {
        if (name === "t") isText = false;
        else if (name === "rPh") isPhonetic = false;
        if (name !== "si") return;
        this.sharedLength += text.length;
        if (this.sharedLength > mostShared) throw new BadXml("too much text");
        this.shared.push(text);
      },
      text: (content) => {
        if (isText) text += content;
      }
    });
  }
}

/**
 * Opens an Excel workbook (`.xlsx`). Its sheets are streamed, one after another; in memory are only the texts that cells share, where
 * there are such, up to 33,554,432 characters.
 *
 * @throws {UnreadableInput} a damaged or unsafe archive, or XML that is none.
 */
export const openWorkbook = async (file: InputFile): Promise<Workbook> => {
  const parts = new Parts();
  for await (const _ of zipEntries(file, ({ name }) => {
    const reader = parts.reader(pathOf(name));
    return reader && ((bytes, last) => reader.write(bytes, last));
  }));
  const sheets = parts.sheets.flatMap(({ name, id, isHidden }) => {
    const path = parts.links.get(id);
    return path === undefined ? [] : [{ name, path, isHidden }];
  });
  if (sheets.length === 0) throw damaged(file);

  const rows = async function* (): AsyncGenerator<{ readonly sheet: Sheet; readonly rows: ReadonlyArray<SheetRow> }> {
    let pages: Array<{ readonly sheet: Sheet; readonly rows: Array<SheetRow> }> = [];
    const ended = new Set<Sheet>();
    const take = (sheet: Sheet) => {
      const reader = sheetReader(parts.shared, (row) => {
        const page = pages.at(-1);
        if (page?.sheet === sheet) page.rows.push(row);
        else pages.push({ sheet, rows: [row] });
      });
      return (bytes: Uint8Array, last: boolean) => {
        reader.write(bytes, last);
        if (last) ended.add(sheet);
      };
    };
    for await (const _ of zipEntries(file, ({ name }) => {
      const sheet = sheets.find(({ path }) => path === pathOf(name));
      return sheet && take(sheet);
    })) {
      const ready = pages;
      pages = [];
      yield* ready;
    }
    if (ended.size < sheets.length) throw damaged(file);
  };
  return { sheets, from1904: parts.from1904, rows };
};
