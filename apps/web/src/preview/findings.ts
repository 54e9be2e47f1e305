import type { Summary } from "@tideway/metrics";
import { formatTime } from "../format/date.ts";
import { formatCount } from "../format/number.ts";
import type { LocalTime } from "./local-time.ts";
import type { Glucose, StoredRecord } from "./stored-records.ts";

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

const mixUpOf = (glucose: ReadonlyArray<Glucose>): ReadonlyArray<Finding> => {
  const inMgdl = glucose.filter(({ units }) => units.startsWith("mg"));
  const inMmol = glucose.filter(({ units }) => !units.startsWith("mg"));
  const low = inMgdl.filter(({ value }) => value < bound);
  const high = inMmol.filter(({ value }) => value > bound);
  const finding = (count: number, labelled: string, seeming: string, why: string): Finding => ({
    code: "unit-mix-up",
    message: `${formatCount(count, "glucose value")} labelled ${labelled} ${count === 1 ? "looks" : "look"} like ${seeming}: ${why}. Sent like this, they are stored as what the label says.`,
    needsConsent: true
  });
  return [
    ...(low.length > 0 && low.length >= share * inMgdl.length
      ? [finding(low.length, "mg/dL", "mmol/L", `below ${bound} mg/dL, where sensors no longer measure`)]
      : []),
    ...(high.length > 0 && high.length >= share * inMmol.length
      ? [finding(high.length, "mmol/L", "mg/dL", `above ${bound} mmol/L, where sensors no longer measure`)]
      : [])
  ];
};

const oddTimesOf = (
  records: ReadonlyArray<StoredRecord>,
  { first = Number.NaN, last = Number.NaN }: Summary,
  { now, local }: { readonly now: number; readonly local: LocalTime }
): ReadonlyArray<Finding> => {
  const isApart = ({ time, kind }: StoredRecord): boolean => kind === "cbg" && (time < first || time > last);
  const odd = records.filter(
    (record) => record.time > now + dayLength || record.time < firstDevices || isApart(record)
  );
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

/** What is readable and allowed, and hardly true. */
export const findingsOf = (
  records: ReadonlyArray<StoredRecord>,
  summary: Summary,
  context: { readonly now: number; readonly local: LocalTime }
): ReadonlyArray<Finding> => [
  ...mixUpOf(records.flatMap(({ glucose }) => glucose ?? [])),
  ...oddTimesOf(records, summary, context),
  ...doublesOf(summary)
];
