import type { InputFile } from "@tideway/sources";
import { fileOf } from "./input-files.ts";

/** Attributes of a tag; `undefined` leaves one out. */
export type Cells = Readonly<Record<string, string | number | undefined>>;

const escaped = (text: string | number): string =>
  String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const tag = (name: string, cells: Cells): string =>
  `<${name}${Object.entries(cells)
    .map(([key, value]) => (value === undefined ? "" : ` ${key}="${escaped(value)}"`))
    .join("")}`;

/** An element with metadata, as the phone writes it. */
export const element = (
  name: string,
  cells: Cells,
  metadata: Cells = {},
  inside: ReadonlyArray<string> = []
): string => {
  const lines = [
    ...Object.entries(metadata).map(([key, value]) => `${tag("MetadataEntry", { key, value })}/>`),
    ...inside
  ];
  return lines.length === 0
    ? ` ${tag(name, cells)}/>\n`
    : ` ${tag(name, cells)}>\n${lines.map((line) => `  ${line}\n`).join("")} </${name}>\n`;
};

const quantity =
  (type: string, defaults: Cells) =>
  (cells: Cells, metadata: Cells = {}): string => {
    const startDate = cells["startDate"] ?? "2026-03-13 08:00:00 +0100";
    const all = {
      type: `HKQuantityTypeIdentifier${type}`,
      sourceVersion: "1.2",
      device: "<<HKDevice: 0x28>, name:Yuri's iPhone, manufacturer:Apple Inc., model:iPhone>",
      ...defaults,
      creationDate: startDate,
      startDate,
      endDate: startDate,
      ...cells
    };
    return element("Record", all, metadata);
  };

export const glucose = quantity("BloodGlucose", { sourceName: "Dexcom G6", unit: "mg/dL", value: 100 });
export const insulin = quantity("InsulinDelivery", { sourceName: "Loop", unit: "IU", value: 2 });
export const carbs = quantity("DietaryCarbohydrates", { sourceName: "Loop", unit: "g", value: 45 });
export const heart = quantity("HeartRate", { sourceName: "Apple Watch", unit: "count/min", value: 71 });

/** The start of an export, whose DTD is as broken as that of iOS 16. */
export const head = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary|ClinicalRecord)*)>
<!ATTLIST Record type CDATA #REQUIRED unit CDATA #IMPLIED
<!ELEMENT WorkoutRoute ((MetadataEntry|FileReference)*)
]>
<HealthData locale="de_DE">
 <ExportDate value="2026-05-01 10:00:00 +0200"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1934-03-09" HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexMale"/>
`;

export const healthText = (...elements: ReadonlyArray<string>): string => `${head}${elements.join("")}</HealthData>\n`;
export const healthFile = (...elements: ReadonlyArray<string>): InputFile =>
  fileOf("export.xml", healthText(...elements));

/** A moment as the phone writes it in that zone. */
export const moment = (instant: number, offset = "+0100"): string => {
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(..)(..)$/u.exec(offset)!;
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
  return `${new Date(instant + ahead).toISOString().slice(0, 19).replace("T", " ")} ${offset}`;
};

/** An export with every kind of record, from two apps and a correlation, in both units. */
export const healthExample = healthText(
  ...Array.from({ length: 12 }, (_, index) => {
    const time = moment(Date.parse("2026-03-13T07:00:00Z") + index * 300_000);
    const end = moment(Date.parse("2026-03-13T07:05:02Z") + index * 300_000);
    return [
      heart({ startDate: time }),
      glucose({ value: 100 + index, startDate: time }, { HKMetadataKeySyncIdentifier: index }),
      glucose({ sourceName: "xDrip4iOS", value: 5.5, unit: "mmol<180.1558800000541>/L", startDate: time }),
      insulin({ value: 0.1, startDate: time, endDate: end }, { HKInsulinDeliveryReason: 1 })
    ].join("");
  }),
  glucose({ sourceName: "Health", value: 98 }, { HKWasUserEntered: 1, HKTimeZone: "Europe/Berlin" }),
  insulin({ value: 2.5 }, { HKInsulinDeliveryReason: 2 }),
  element("Correlation", { type: "HKCorrelationTypeIdentifierFood", sourceName: "Loop" }, {}, [carbs({})]),
  carbs({}),
  element(
    "Workout",
    {
      workoutActivityType: "HKWorkoutActivityTypeRunning",
      duration: 31.5,
      durationUnit: "min",
      sourceName: "Apple Watch",
      startDate: "2026-03-13 08:00:00 +0100",
      endDate: "2026-03-13 08:32:00 +0100"
    },
    { HKTimeZone: "America/Denver" },
    ['<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceCycling" sum="4.8" unit="km"/>']
  )
);
