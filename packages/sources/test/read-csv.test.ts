import { describe, expect, it } from "vitest";
import { type CsvRow, readCsv } from "../src/csv/read-csv.ts";

const pieces = async function* (...texts: ReadonlyArray<string>): AsyncGenerator<string> {
  yield* texts;
};

const rowsOf = async (texts: ReadonlyArray<string> | AsyncIterable<string>, longest?: number) => {
  const source = Symbol.asyncIterator in texts ? texts : pieces(...texts);
  const options = { delimiter: ",", ...(longest === undefined ? {} : { longest }) } as const;
  const rows: Array<CsvRow> = [];
  for await (const page of readCsv(source, options)) rows.push(...page);
  return rows.map((row) => ("cells" in row ? `${row.row}:${row.cells.join("|")}` : `${row.row}!${row.fault}`));
};

describe("a table", () => {
  it("gives the same rows however it is cut and whatever its line ends are", async () => {
    const expected = ['1:a|b"c', "2:", "3:d\ne|f,g", "4:h"];
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = ['a,"b""c"', "", `"d${end}e","f,g"`, "h"].join(end);
      expect(await rowsOf([text])).toEqual(expected);
      for (let size = 1; size < 6; size++) {
        expect(await rowsOf(text.match(new RegExp(`[^]{1,${size}}`, "gu"))!)).toEqual(expected);
      }
    }
  });

  it("loses one row to a quotation mark that is never closed, not the rest of the file", async () => {
    expect(await rowsOf(['a,b\nc,"d\ne,f\ng,h\n'])).toEqual(["1:a|b", "2!quotes", "3:e|f", "4:g|h"]);
    expect(await rowsOf(['a,b\nc,"d\n', 'e,f\ng,"h" x\n', "i,j\n"])).toEqual([
      "1:a|b",
      "2!quotes",
      "3:e|f",
      "4!quotes",
      "5:i|j"
    ]);
  });

  it("refuses a line of any length in bounded memory, and goes on after it", async () => {
    const million = "x".repeat(1_000_000);
    const endless = async function* () {
      yield "a,b\n";
      for (let turn = 0; turn < 2000; turn++) yield million;
      yield "\nc,d\n";
    };
    expect(await rowsOf(endless(), 1000)).toEqual(["1:a|b", "2!too-long", "3:c|d"]);
    const quoted = async function* () {
      yield 'a,b\n"';
      for (let turn = 0; turn < 2000; turn++) yield million;
      yield '"\nc,d\n';
    };
    expect(await rowsOf(quoted(), 1000)).toEqual(["1:a|b", "2!too-long", "3:c|d"]);
  });

  it("reads on after a cell that runs over many lines without an end", async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `${index},y`);
    const read = await rowsOf([`a,"b\n${lines.join("\n")}`], 500);
    expect(read[0]).toBe("1!quotes");
    expect(read.slice(1)).toEqual(lines.map((line, index) => `${index + 2}:${line.replace(",", "|")}`));
  });
});
