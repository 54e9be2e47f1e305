import { pumpEvent } from "../../records/alarm-words.ts";
import { Amounts } from "../../records/amounts.ts";
import type { DatumMembers, RecordItem, RowPlace } from "../../records/device-record.ts";
import type { WallTime } from "../../time/zone-clock.ts";
import { glucoseRules, type GlucoseUnits, readGlucose } from "../../values/glucose.ts";
import { type DecimalMark, readNumber } from "../../values/read-number.ts";
import { glookoBasal } from "./glooko-basal.ts";
import { glookoBolus } from "./glooko-bolus.ts";
import { glookoCarbs, glookoExercise, glookoFood, glookoInsulin } from "./glooko-entered.ts";
import type { GlookoHeadings } from "./glooko-kinds.ts";
import { glookoKey } from "./origin-id.ts";

/** What sensors and meters measure, in mg/dL, where a word says that a value lies beyond. */
const ranges = { cgm: { low: 40, high: 400 }, bg: { low: 20, high: 600 } };

/** A row with a time. */
export interface GlookoRow extends RowPlace {
  readonly cells: ReadonlyArray<string>;
  readonly headings: GlookoHeadings;
  readonly units: GlucoseUnits;
  readonly decimal: DecimalMark | undefined;
  readonly wall: WallTime;
  readonly timeText: string;
}

/** Kinds of files whose last column is the device's serial number. */
const fromDevices: ReadonlySet<string> = new Set(["cgm", "bg", "bolus", "basal", "alarm"]);

/** Everything that a row says. */
export const glookoItems = (given: GlookoRow): ReadonlyArray<RecordItem> => {
  const { file, row, cells, headings, units, decimal, wall, timeText } = given;
  const { kind, names } = headings;
  const place = { file, row };
  const amounts = new Amounts(decimal);
  const items: Array<RecordItem> = [];
  const isOfDevice = fromDevices.has(kind) && names.length > 2;
  const serial = isOfDevice ? (cells[names.length - 1] ?? "") : "";
  const deviceId = serial === "" ? "Glooko" : `Glooko-${serial}`;
  const base = { wall, deviceId, key: glookoKey(serial, wall, kind) };
  const entered = { cells, names, amounts };

  const add = (members: DatumMembers | undefined, what: string): void => {
    if (members) items.push({ ...place, timeText, record: { ...base, members } });
    else if (amounts.faults.length === 0) items.push({ ...place, notMapped: what });
  };

  const glucose = (members: DatumMembers, range: { readonly low: number; readonly high: number }): void => {
    const text = cells[1] ?? "";
    const read = readGlucose(text, { units, range, decimal });
    if (typeof read !== "string") {
      const record = { ...base, members: { ...members, ...read }, isReading: kind === "cgm" };
      items.push({ ...place, timeText, record });
      return;
    }
    const value = read === "implausible" ? readNumber(text, decimal) : undefined;
    const fault = { code: `glucose-${read}`, message: glucoseRules[read], column: names[1]! };
    const doubtful = value === undefined ? {} : { doubtful: { value, units: headings.units ?? units } };
    items.push({ ...place, fault, ...doubtful });
  };

  const bolus = (): void => {
    const { bolus: members, wizard, food, hasUnknownDuration } = glookoBolus(cells, { amounts, names, units });
    if (amounts.faults.length > 0) return;
    if (wizard) {
      const record = { ...base, members: wizard, ...(members ? { bolus: { wall, members } } : {}) };
      items.push({ ...place, timeText, record });
    } else if (members) add(members, "bolus");
    else if (!food) items.push({ ...place, notMapped: "bolus without an amount" });
    if (food) add(food, "food");
    if (hasUnknownDuration) {
      const message =
        "Glooko does not tell how long extended boluses took: they have the duration 0 and an annotation that says so.";
      items.push({ ...place, warning: { code: "unknown-duration", message } });
    }
  };

  switch (kind) {
    case "cgm":
      glucose({ type: "cbg" }, ranges.cgm);
      break;
    case "bg":
      glucose({ type: "smbg", ...((cells[2] ?? "") !== "" && isOfDevice ? { subType: "manual" } : {}) }, ranges.bg);
      break;
    case "bolus":
      bolus();
      break;
    case "basal": {
      const basal = glookoBasal(cells, { amounts, names });
      items.push({ ...place, timeText, basal: { ...base, ...basal } });
      if (basal.hasUnknownRate && amounts.faults.length === 0) {
        items.push({ ...place, notMapped: "basal without a rate" });
      }
      break;
    }
    case "carbs":
      add(glookoCarbs(entered), "carbohydrates without an amount");
      break;
    case "food":
      add(glookoFood(entered), "food without an amount");
      break;
    case "manual insulin":
      add(glookoInsulin(entered), "insulin without an amount");
      break;
    case "exercise":
      add(glookoExercise(entered), "exercise");
      break;
    case "alarm":
      add(pumpEvent(cells[1] ?? ""), "alarm of another kind");
      break;
    case "insulin totals":
      items.push({ ...place, notMapped: "day's total of insulin" });
      break;
    case "medication":
    case "note":
      items.push({ ...place, notMapped: kind });
  }
  for (const fault of amounts.faults) items.push({ ...place, fault });
  return items;
};
