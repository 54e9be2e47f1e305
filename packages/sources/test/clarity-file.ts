import type { InputFile } from "@tideway/sources";
import { fileOf } from "./input-files.ts";

/** A row of a Clarity export by what it says. */
export interface ClarityCells {
  readonly time?: string;
  readonly type: string;
  readonly subtype?: string;
  readonly device?: string;
  readonly info?: string;
  readonly glucose?: string | number;
  readonly insulin?: string | number;
  readonly carbs?: string | number;
  readonly duration?: string;
  readonly rate?: string | number;
  readonly ticks?: string | number;
  readonly transmitter?: string;
}

/** How a Clarity export is written. */
export interface ClarityLook {
  readonly units?: string;
  readonly delimiter?: string;
  readonly headings?: ReadonlyArray<string>;
  /** Of the exports before 2021: without the transmitter's id. */
  readonly thirteen?: boolean;
}

const english = (units: string): ReadonlyArray<string> => [
  "Index",
  "Timestamp (YYYY-MM-DDThh:mm:ss)",
  "Event Type",
  "Event Subtype",
  "Patient Info",
  "Device Info",
  "Source Device ID",
  `Glucose Value (${units})`,
  "Insulin Value (u)",
  "Carb Value (grams)",
  "Duration (hh:mm:ss)",
  `Glucose Rate of Change (${units}/min)`,
  "Transmitter Time (Long Integer)",
  "Transmitter ID"
];

/** A Clarity export as the site writes it: a byte order mark, every cell in quotes, rows of events one cell shorter than those of readings. */
export const clarityText = (
  rows: ReadonlyArray<ClarityCells>,
  { units = "mg/dL", delimiter = ",", headings = english(units), thirteen = false }: ClarityLook = {}
): string => {
  const line = (cells: ReadonlyArray<string | number>) => cells.map((cell) => `"${cell}"`).join(delimiter);
  const preamble = [
    { type: "FirstName" },
    { type: "LastName" },
    { type: "DateOfBirth" },
    { type: "Device", info: "Dexcom G6 Mobile App" },
    { type: "Alert", subtype: "Low", glucose: 80 }
  ];
  const body = [...preamble, ...rows].map((row: ClarityCells, index) => {
    const cells = [
      index + 1,
      row.time ?? "",
      row.type,
      row.subtype ?? "",
      row.type === "FirstName" ? "Yuri" : "",
      row.info ?? ""
    ];
    cells.push(row.device ?? "iPhone G6", row.glucose ?? "", row.insulin ?? "", row.carbs ?? "", row.duration ?? "");
    cells.push(row.rate ?? "", row.ticks ?? "");
    if (row.ticks !== undefined && !thirteen) cells.push(row.transmitter ?? "8ABCDE");
    return line(cells);
  });
  return `\uFEFF${[line(thirteen ? headings.slice(0, 13) : headings), ...body].join("\r\n")}\r\n`;
};

export const clarityFile = (rows: ReadonlyArray<ClarityCells>, look: ClarityLook = {}): InputFile =>
  fileOf("Clarity_Export.csv", clarityText(rows, look));
