import type { Summary } from "@tideway/metrics";
import { formatTime } from "../format/date.ts";
import { formatCount } from "../format/number.ts";
import type { LocalTime } from "./local-time.ts";
import type { Glucose, StoredRecords } from "./stored-records.ts";

/** Something that a person should look at before sending. */
export interface Finding {
  readonly code: "unit-mix-up" | "odd-times" | "doubles";
  readonly message: string;
  /** Whether sending needs a yes to it: what is stored so would be read as another state of health. */
  readonly needsConsent: boolean;
}

/** Sensors end at 39 or 40 mg/dL, meters at 20; in mmol/L hardly anything is as high as 35, and no sensor goes there. */
const bound = 35;
const share = 0.2;
const dayLength = 86_400_000;
/** The first sensor was approved in June 1999. */
const firstDevices = Date.UTC(1999, 5, 15);

/** How many values there are in a unit, and how many of them are hardly in it. */
interface UnitCount {
  all: number;
  odd: number;
}

const mixUpOf = (glucose: Iterable<Glucose>): ReadonlyArray<Finding> => {
  const inMgdl: UnitCount = { all: 0, odd: 0 };
  const inMmol: UnitCount = { all: 0, odd: 0 };
  for (const { units, value } of glucose) {
    const isMgdl = units.startsWith("mg");
    const count = isMgdl ? inMgdl : inMmol;
    count.all++;
    if (isMgdl ? value < bound : value > bound) count.odd++;
  }
  const finding = (count: number, labelled: string, seeming: string, why: string): Finding => ({
    code: "unit-mix-up",
    message: `${formatCount(count, "glucose value")} labelled ${labelled} ${count === 1 ? "looks" : "look"} like ${seeming}: ${why}. Sent like this, they are stored as what the label says.`,
    needsConsent: true
  });
  return [
    ...(inMgdl.odd > 0 && inMgdl.odd >= share * inMgdl.all
      ? [finding(inMgdl.odd, "mg/dL", "mmol/L", `below ${bound} mg/dL, where sensors no longer measure`)]
      : []),
    ...(inMmol.odd > 0 && inMmol.odd >= share * inMmol.all
      ? [finding(inMmol.odd, "mmol/L", "mg/dL", `above ${bound} mmol/L, where sensors no longer measure`)]
      : [])
  ];
};

const oddTimesOf = (
  records: StoredRecords,
  { first = Number.NaN, last = Number.NaN }: Summary,
  { now, local }: { readonly now: number; readonly local: LocalTime }
): ReadonlyArray<Finding> => {
  const odd: Array<{ readonly time: number; readonly kind: string }> = [];
  for (const [row, time] of records.times.entries()) {
    const kind = records.kinds[row] ?? "";
    const isApart = kind === "cbg" && (time < first || time > last);
    if (time > now + dayLength || time < firstDevices || isApart) odd.push({ time, kind });
  }
  if (odd.length === 0) return [];
  const dates = [...new Set(odd.map(({ time }) => formatTime(time, local, "date")))];
  const kinds = [...new Set(odd.map(({ kind }) => kind))].join(", ");
  const shown = `${dates.slice(0, 3).join(", ")}${dates.length > 3 ? " and other days" : ""}`;
  return [
    {
      code: "odd-times",
      message: `${formatCount(odd.length, "datum")} (${kinds}) dated ${shown} ${odd.length === 1 ? "stands" : "stand"} in the future, before there were such devices, or far from all others: left out of the curve and the numbers, sent as dated.`,
      needsConsent: false
    }
  ];
};

const doublesOf = ({ leftOut }: Summary): ReadonlyArray<Finding> =>
  leftOut.doubles === 0
    ? []
    : [
        {
          code: "doubles",
          message: `${formatCount(leftOut.doubles, "reading")} of a device ${leftOut.doubles === 1 ? "comes" : "come"} twice under different ids: counted once in the numbers, sent as ${leftOut.doubles === 1 ? "it is" : "they are"}.`,
          needsConsent: false
        }
      ];

const glucoseIn = function* (records: StoredRecords): Iterable<Glucose> {
  for (let row = 0; row < records.size; row++) {
    const glucose = records.glucoseAt(row);
    if (glucose !== undefined) yield glucose;
  }
};

/** What is readable and allowed, and hardly true. */
export const findingsOf = (
  records: StoredRecords,
  summary: Summary,
  context: { readonly now: number; readonly local: LocalTime }
): ReadonlyArray<Finding> => [
  ...mixUpOf(glucoseIn(records)),
  ...oddTimesOf(records, summary, context),
  ...doublesOf(summary)
];
