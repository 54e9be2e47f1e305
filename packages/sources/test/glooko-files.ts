import type { InputFile } from "@tideway/sources";
import { zipSync } from "fflate";
import { fileOf } from "./input-files.ts";

/** Rows of each of the files in an export; a cell is a text as the file has it. */
export type GlookoRows = Readonly<Record<string, ReadonlyArray<ReadonlyArray<string>>>>;

/** How an export is written. */
export interface GlookoLook {
  readonly language?: "en" | "de";
  readonly delimiter?: string;
  readonly units?: string;
}

const headings = {
  en: {
    "cgm_data_1.csv": "Timestamp|CGM Glucose Value (mg/dl)|Serial Number",
    "cgm_data_2.csv": "Timestamp|CGM Glucose Value (mg/dl)|Serial Number",
    "bg_data_1.csv": "Timestamp|Glucose Value (mg/dl)|Manual Reading|Serial Number",
    "Insulin data/bolus_data_1.csv":
      "Timestamp|Insulin Type|Blood Glucose Input (mg/dl)|Carbs Input (g)|Carbs Ratio|Insulin Delivered (U)|Initial Delivery (U)|Extended Delivery (U)|Serial Number",
    "Insulin data/basal_data_1.csv":
      "Timestamp|Insulin Type|Duration (minutes)|Percentage (%)|Rate|Insulin Delivered (U)|Serial Number",
    "Insulin data/insulin_data_1.csv": "Timestamp|Total Bolus (U)|Total Insulin (U)|Total Basal (U)|Serial Number",
    "Manual data/carbs_data_1.csv": "Timestamp|Carbs (g)",
    "Manual data/food_data_1.csv": "Timestamp|Name|Carbs (g)|Fat|Protein|Calories|Serving Size|Number of Servings",
    "Manual data/exercise_data_1.csv": "Timestamp|Name|Intensity|Duration (minutes)|Calories Burned",
    "Manual data/manual_insulin_data_1.csv": "Timestamp|Name|Value|Insulin Type",
    "Manual data/medication_data_1.csv": "Timestamp|Name|Value|Medication Type",
    "Manual data/notes_data_1.csv": "Timestamp|Value",
    "alarms_data_1.csv": "Timestamp|Alarm/Event|Serial Number"
  },
  de: {
    "cgm_data_1.csv": "Zeitstempel|CGM-Glukosewert (mg/dl)|Seriennummer",
    "cgm_data_2.csv": "Zeitstempel|CGM-Glukosewert (mg/dl)|Seriennummer",
    "bg_data_1.csv": "Zeitstempel|Glukosewert (mg/dl)|Manuelles Lesen|Seriennummer",
    "Insulin data/bolus_data_1.csv":
      "Zeitstempel|Insulin-Typ|Blutzuckereingabe (mg/dl)|Kohlenhydrataufnahme (g)|Kohlenhydratverhältnis|Abgegebenes Insulin (E)|Anfängliche Abgabe (E)|Verzögerte Abgabe (E)|Seriennummer",
    "Insulin data/basal_data_1.csv":
      "Zeitstempel|Insulin-Typ|Dauer (Minuten)|Prozentsatz (%)|Rate|Abgegebenes Insulin (E)|Seriennummer",
    "Insulin data/insulin_data_1.csv": "Zeitstempel|Bolus gesamt (U)|Insulin gesamt (U)|Basal gesamt (U)|Seriennummer",
    "Manual data/carbs_data_1.csv": "Zeitstempel|KH (g)",
    "Manual data/food_data_1.csv": "Zeitstempel|Name|KH (g)|Fett|Eiweiß|Kalorien|Portionen|Anzahl der Portionen",
    "Manual data/exercise_data_1.csv": "Zeitstempel|Name|Intensität|Dauer (Minuten)|Verbrannte Kalorien",
    "Manual data/manual_insulin_data_1.csv": "Zeitstempel|Name|Wert|Insulin-Typ",
    "Manual data/medication_data_1.csv": "Zeitstempel|Name|Wert|Medikamententyp",
    "Manual data/notes_data_1.csv": "Zeitstempel|Wert",
    "alarms_data_1.csv": "Zeitstempel|Alarm/Ereignis|Seriennummer"
  }
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

const words: Readonly<Record<string, string>> = {
  Scheduled: "Eingeplant",
  Temporary: "Temporär",
  Suspend: "Ausgesetzt"
};

/** `2026-03-02 08:10` and `5.4` as a German export has them. */
const german = (cell: string): string => {
  const date = /^(\d{4})-(\d\d)-(\d\d) (.*)$/u.exec(cell);
  if (date) return `${date[3]}.${date[2]}.${date[1]} ${date[4]}`;
  return words[cell] ?? (/^\d+\.\d+$/u.test(cell) ? cell.replace(".", ",") : cell);
};

/** The texts of an export's files, by their paths. */
export const glookoTexts = (
  rows: GlookoRows,
  { language = "en", delimiter = ",", units = "mg/dl" }: GlookoLook = {}
): Readonly<Record<string, string>> => {
  const write = (cells: ReadonlyArray<string>) =>
    cells.map((cell) => (cell.includes(delimiter) ? `"${cell}"` : cell)).join(delimiter);
  const first = "Name:Yuri Marsh";
  const range = language === "en" ? "Date Range:2026-03-01 - 2026-03-14" : "Zeitraum:01.03.2026 - 14.03.2026";
  return Object.fromEntries(
    Object.entries(rows).map(([path, lines]) => {
      const names = headings[language][path as keyof (typeof headings)["en"]].replaceAll("mg/dl", units).split("|");
      const body = lines.map((cells) => (language === "de" ? cells.map(german) : cells));
      return [path, [[first, range], names, ...body].map(write).join("\r\n")];
    })
  );
};

/** The bytes of an export as Glooko makes it. */
export const glookoBytes = (rows: GlookoRows, look: GlookoLook = {}): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(glookoTexts(rows, look)).map(([path, text]) => [path, new TextEncoder().encode(text)])
    )
  );

export const glookoZip = (rows: GlookoRows, look: GlookoLook = {}): InputFile =>
  fileOf("export.zip", glookoBytes(rows, look));

const pdm = "PDM-1";

/** A record of each kind. */
export const everyRow: GlookoRows = {
  "cgm_data_1.csv": Array.from({ length: 15 }, (_, index) => [
    `2026-03-13 09:${String(index * 4).padStart(2, "0")}`,
    `${(110 + index).toFixed(1)}`,
    "DX1"
  ]),
  "bg_data_1.csv": [
    ["2026-03-13 07:00", "95.0", "", "METER"],
    ["2026-03-13 07:10", "97.0", "M", "METER"]
  ],
  "Insulin data/bolus_data_1.csv": [
    ["2026-03-13 08:10", "Normal", "170.0", "45.0", "10.0", "5.4", "", "", pdm],
    ["2026-03-13 10:00", "Extended", "0.0", "0.0", "0.0", "5.0", "2.0", "3.0", pdm],
    ["2026-03-13 11:00", "Normal", "0.0", "30.0", "0.0", "1.25", "", "", pdm]
  ],
  "Insulin data/basal_data_1.csv": [
    ["2026-03-13 00:00", "Scheduled", "360", "", "0.85", "5.1", pdm],
    ["2026-03-13 06:00", "Temporary", "60", "50", "0.425", "0.425", pdm],
    ["2026-03-13 07:00", "Suspend", "30", "", "0.0", "0.0", pdm],
    ["2026-03-13 07:30", "Automated", "5", "", "", "0.075", pdm]
  ],
  "Insulin data/insulin_data_1.csv": [["2026-03-13 23:59", "11.6", "18.0", "6.4", pdm]],
  "Manual data/carbs_data_1.csv": [["2026-03-13 12:00", "22.5"]],
  "Manual data/food_data_1.csv": [["2026-03-13 12:30", "Banana", "27.0", "0.4", "1.3", "105", "1", "1"]],
  "Manual data/exercise_data_1.csv": [["2026-03-13 13:00", "Walking", "Medium", "45", "180"]],
  "Manual data/manual_insulin_data_1.csv": [["2026-03-13 22:00", "Lantus", "18.0", "Long Acting"]],
  "Manual data/medication_data_1.csv": [["2026-03-13 22:05", "Metformin", "500", "Tablet"]],
  "Manual data/notes_data_1.csv": [["2026-03-13 22:10", "Call Dr. Marsh"]],
  "alarms_data_1.csv": [
    ["2026-03-13 14:00", "Occlusion Detected", pdm],
    ["2026-03-13 14:30", "Pod Activated", pdm],
    ["2026-03-13 15:00", "Sensor Signal Loss", pdm]
  ]
};
