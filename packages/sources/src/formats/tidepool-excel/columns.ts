/** What a cell holds: where that is a text, a number that a spreadsheet made of it is one again. */
export type CellKind = "text" | "number" | "json" | "moment" | "wall" | "minutes";

/** The member of a record that a column holds. */
export interface ExcelColumn {
  /** Its path: `suppressed.rate`. */
  readonly path: ReadonlyArray<string>;
  readonly kind: CellKind;
}

const kinds: Readonly<Record<CellKind, string>> = {
  moment: "time",
  wall: "deviceTime",
  minutes: "duration expectedDuration",
  json: "payload annotations nutrition distance energy from to",
  number:
    "value rate percent suppressed.rate timezoneOffset conversionOffset clockDriftOffset bgInput insulinSensitivity carbInput insulinCarbRatio insulinOnBoard recommended.carb recommended.correction recommended.net bgTarget.target bgTarget.high bgTarget.low bgTarget.range extended expectedExtended normal expectedNormal volume",
  text: "type deliveryType scheduleName suppressed.scheduleName suppressed.deliveryType suppressed.type deviceId id uploadId units subType name reportedIntensity bolus alarmType change.from change.to change.agent status primeTarget reason.suspended reason.resumed"
};

/** Headings that are not the member's name. */
const ownHeadings: Readonly<Record<string, string>> = {
  "zulu time": "time",
  "tidepool data type": "type",
  "tidepool wizard type": "type",
  "duration (mins)": "duration",
  "expected duration (mins)": "expectedDuration",
  "bg target": "bgTarget.target",
  "bg target high": "bgTarget.high",
  "bg target low": "bgTarget.low",
  "bg target range setting": "bgTarget.range"
};

/** `suppressed.scheduleName` as the export writes it: `suppressed schedule name`. */
const headingOf = (path: string): string => path.replaceAll(/[A-Z]/gu, " $&").replace(".", " ").toLowerCase();

const columns = new Map<string, ExcelColumn>();
for (const [kind, paths] of Object.entries(kinds)) {
  for (const path of paths.split(" ")) columns.set(headingOf(path), { path: path.split("."), kind: kind as CellKind });
}
for (const [heading, path] of Object.entries(ownHeadings)) columns.set(heading, columns.get(headingOf(path))!);

/**
 * The column of a heading, as Tidepool's web site writes it; `undefined` where nothing is taken from it. Headings and members as in the
 * `config.json` of `@tidepool/data-tools` 2.5.0, which writes these files.
 */
export const excelColumn = (heading: string): ExcelColumn | undefined => {
  const plain = heading.trim().toLowerCase();
  // Without "(mins)" it is that of an activity, in days.
  return plain === "duration" || plain === "expected duration" || plain === "time" ? undefined : columns.get(plain);
};

/** The heading of an activity's duration, in days. */
export const activityDuration = "duration";
