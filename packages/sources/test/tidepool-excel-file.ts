import type { ExcelCell, ExcelSheet } from "./excel-file.ts";

/**
 * No export of the web site itself was at hand. The columns are those of `config.json` of @tidepool/data-tools 2.5.0, the library that
 * writes it; what that library made of ../shared/samples/tidepool was read once, with the result that the tests expect.
 */
const common = [
  "Timezone Offset",
  "Conversion Offset",
  "Clock Drift Offset",
  "Device Id",
  "Id",
  "Upload Id",
  "Payload",
  "Annotations"
];
const columns: Readonly<Record<string, ReadonlyArray<string>>> = {
  CGM: ["Value", "Units"],
  SMBG: ["Sub Type", "Value", "Units"],
  Basal: [
    "Delivery Type",
    "Duration (mins)",
    "Expected Duration (mins)",
    "Rate",
    "Percent",
    "Schedule Name",
    "Suppressed Schedule Name",
    "Suppressed Delivery Type",
    "Suppressed Type",
    "Suppressed Rate"
  ],
  Bolus: [
    "Sub Type",
    "Duration (mins)",
    "Expected Duration (mins)",
    "Extended",
    "Expected Extended",
    "Normal",
    "Expected Normal"
  ],
  "Bolus Calculator": [
    "Bg Input",
    "Insulin Sensitivity",
    "Carb Input",
    "Insulin Carb Ratio",
    "Insulin On Board",
    "Bolus",
    "Units",
    "Recommended Carb",
    "Recommended Correction",
    "Recommended Net",
    "BG Target",
    "BG Target High",
    "BG Target Low",
    "BG Target Range Setting"
  ],
  Food: ["Name", "Nutrition"],
  "Physical Activity": ["Name", "Distance", "Duration", "Energy", "Reported Intensity"],
  "Device Event": [
    "Sub Type",
    "Alarm Type",
    "Value",
    "Units",
    "Duration (mins)",
    "Expected Duration (mins)",
    "Change From",
    "Change To",
    "Change Agent",
    "From",
    "To",
    "Status",
    "Prime Target",
    "Volume",
    "Reason Suspended",
    "Reason Resumed"
  ],
  Upload: ["Computer Time", "Timezone", "Version"],
  "Basal Schedules": ["Active Schedule", "Schedule Name", "Basal Schedule Start", "Basal Schedule Rate"]
};

/** A row by its headings. */
export type Cells = Readonly<Record<string, ExcelCell>>;

/** A sheet of the web site's export. */
export const sheet = (name: string, rows: ReadonlyArray<Cells>): ExcelSheet => {
  const type = name === "Bolus Calculator" ? "Tidepool Wizard Type" : "Tidepool Data Type";
  const headings = ["Zulu Time", "Local Time", "Device Time", type, ...columns[name]!, ...common];
  return { name, rows: [headings, ...rows.map((row) => headings.map((heading) => row[heading]))] };
};

/** Hidden, unless the export is incomplete. */
export const errorSheet: ExcelSheet = {
  name: "EXPORT ERROR",
  rows: [["Due to the size of your export, Tidepool was unable to retrieve all of your data at one time."]],
  state: "veryHidden"
};

/** What rows of every type have. */
export const at = (time: string, id: string, type: string): Cells => ({
  "Zulu Time": new Date(time),
  "Local Time": new Date(Date.parse(time) + 3_600_000),
  "Device Time": new Date(Date.parse(time) + 3_600_000),
  "Tidepool Data Type": type,
  "Tidepool Wizard Type": type,
  "Timezone Offset": 60,
  "Device Id": "1234",
  Id: id,
  "Upload Id": "u1"
});

/** An export with most types. */
export const exampleSheets: ReadonlyArray<ExcelSheet> = [
  errorSheet,
  sheet("CGM", [
    { ...at("2026-03-13T07:00:00.123Z", "c1", "cbg"), Value: 99.9976941658, Units: "mg/dL" },
    {
      ...at("2026-03-13T07:05:00Z", "c2", "cbg"),
      Value: 39,
      Units: "mg/dL",
      Payload: '{"a":1}',
      Annotations: '[{"code":"bg/out-of-range","value":"low","threshold":40}]'
    }
  ]),
  sheet("Basal", [
    {
      ...at("2026-03-13T07:00:00Z", "b1", "basal"),
      "Delivery Type": "temp",
      "Duration (mins)": 31.0166666667,
      Rate: 0.5,
      Percent: 0.5,
      "Suppressed Type": "basal",
      "Suppressed Delivery Type": "scheduled",
      "Suppressed Rate": 1
    }
  ]),
  sheet("Bolus Calculator", [
    {
      ...at("2026-03-13T08:00:00Z", "w1", "wizard"),
      "Bg Input": 121,
      "Carb Input": 45,
      "Insulin Carb Ratio": 10,
      Bolus: "bo1",
      Units: "mg/dL",
      "Recommended Carb": 4.5,
      "BG Target": 120,
      "BG Target Range Setting": 10
    }
  ]),
  sheet("Bolus", [{ ...at("2026-03-13T08:00:00Z", "bo1", "bolus"), "Sub Type": "normal", Normal: 4.5 }]),
  sheet("Food", [
    {
      ...at("2026-03-13T08:00:00Z", "f1", "food"),
      Name: "Toast & jam",
      Nutrition: '{"carbohydrate":{"net":30,"units":"grams"}}'
    }
  ]),
  sheet("Physical Activity", [{ ...at("2026-03-13T09:00:00Z", "p1", "physicalActivity"), Duration: 30 / 1440 }]),
  sheet("Device Event", [
    {
      ...at("2026-03-13T10:00:00Z", "d1", "deviceEvent"),
      "Sub Type": "timeChange",
      "Change From": "2026-03-13T11:00:00",
      "Change To": "2026-03-13T12:00:00",
      "Change Agent": "manual"
    }
  ]),
  sheet("Upload", [at("2026-03-13T10:00:00Z", "u1", "upload")]),
  sheet("Basal Schedules", [at("2026-03-13T10:00:00Z", "s1", "pumpSettings.basalSchedules")])
];
