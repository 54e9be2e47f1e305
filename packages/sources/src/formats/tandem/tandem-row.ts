import type { DateOrder } from "../../need.ts";
import { Amounts } from "../../records/amounts.ts";
import type { DatumMembers, RecordItem, RowPlace } from "../../records/device-record.ts";
import { readMoment } from "../../time/read-moment.ts";
import type { WallTime } from "../../time/zone-clock.ts";
import { glucoseRules, type GlucoseUnits, readGlucose } from "../../values/glucose.ts";
import { type DecimalMark, readNumber } from "../../values/read-number.ts";
import { tandemKey } from "./origin-id.ts";
import { tandemBolus } from "./tandem-bolus.ts";
import type { Dose } from "./tandem-doses.ts";
import type { TandemSection } from "./tandem-sections.ts";

/** What sensors and meters measure, in mg/dL, where a word says that a value lies beyond. */
const ranges = { cgm: { low: 40, high: 400 }, bg: { low: 20, high: 600 } };

/** A row with a time. */
export interface TandemRow extends RowPlace {
  readonly cells: ReadonlyArray<string>;
  readonly section: TandemSection;
  readonly units: GlucoseUnits;
  readonly decimal: DecimalMark | undefined;
  readonly order: DateOrder;
  readonly wall: WallTime;
  readonly timeText: string;
  /** The one device that the file names, for rows that name none. */
  readonly onlySerial: string;
}

/** Everything that a row says. */
export const tandemItems = (given: TandemRow): ReadonlyArray<RecordItem<Dose>> => {
  const { file, row, cells, section, units, wall, timeText, order } = given;
  const { at, names, kind } = section;
  const place = { file, row };
  const items: Array<RecordItem<Dose>> = [];
  const amounts = new Amounts(given.decimal);
  const cell = (name: string): string => cells[at.get(name) ?? -1] ?? "";
  const nameOf = (name: string): string => names[at.get(name) ?? -1] ?? name;
  const amount = (name: string, most: number): number | undefined =>
    amounts.read(cell(name), { column: nameOf(name), most });
  const serial = cell("serialnumber");
  const model = cell("devicetype") === "" ? undefined : cell("devicetype");
  const device = serial === "" ? given.onlySerial : serial;
  const deviceId = device === "" ? "Tandem" : `Tandem-${device}`;
  const base = { wall, deviceId, model, key: tandemKey(serial, wall, kind) };

  const add = (members: DatumMembers, bolus?: DatumMembers): void => {
    items.push({
      ...place,
      timeText,
      record: { ...base, members, ...(bolus ? { bolus: { wall, members: bolus } } : {}) }
    });
  };

  const glucose = (column: "readings" | "bg", members: DatumMembers): void => {
    const text = cell(column);
    const read = readGlucose(text, { units, range: ranges[column === "bg" ? "bg" : "cgm"], decimal: given.decimal });
    if (typeof read !== "string") {
      const record = { ...base, members: { ...members, ...read }, isReading: column === "readings" };
      items.push({ ...place, timeText, record });
      return;
    }
    const value = read === "implausible" ? readNumber(text, given.decimal) : undefined;
    const fault = { code: `glucose-${read}`, message: glucoseRules[read], column: nameOf(column) };
    items.push({
      ...place,
      fault,
      ...(value === undefined ? {} : { doubtful: { value, units: section.units ?? units } })
    });
  };

  const bolus = (): void => {
    const moment = (name: string): WallTime | undefined => readMoment(cell(name), order);
    const read = tandemBolus({ cell, amount, moment, amounts, units }, cells.join("\n"));
    if (amounts.faults.length > 0) return;
    const { bolus: members, wizard, food, isExtendedUnknown } = read;
    if (wizard) add(wizard, members);
    else if (members) add(members);
    else if (!food) items.push({ ...place, notMapped: "bolus without an amount" });
    if (food) add(food);
    if (isExtendedUnknown) items.push({ ...place, notMapped: "extended part of a bolus that is not told" });
  };

  // Sections without datums do not come here.
  switch (kind) {
    case "cgm":
      glucose("readings", { type: "cbg" });
      break;
    case "bg":
      if (/calib/iu.test(cell("description"))) glucose("bg", { type: "deviceEvent", subType: "calibration" });
      else glucose("bg", { type: "smbg" });
      break;
    case "bolus":
      bolus();
      break;
    case "basal": {
      const rate = amount("basalrate", 100);
      const members = { type: "basal", deliveryType: "scheduled", rate: rate ?? 0 };
      const hasUnknownRate = rate === undefined;
      items.push({ ...place, timeText, basal: { ...base, members, hasUnknownRate } });
      if (hasUnknownRate && amounts.faults.length === 0) items.push({ ...place, notMapped: "basal without a rate" });
      break;
    }
    case "dose": {
      const dosed = amount("commandedbasaldose", 100);
      if (dosed !== undefined) items.push({ ...place, held: { wall, serial, deviceId, model, units: dosed } });
      else if (amounts.faults.length === 0) items.push({ ...place, notMapped: "basal without a dose" });
      break;
    }
  }
  for (const fault of amounts.faults) items.push({ ...place, fault });
  return items;
};
