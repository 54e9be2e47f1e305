import { alarmType } from "../../records/alarm-words.ts";
import { Amounts, known } from "../../records/amounts.ts";
import type { DatumMembers, DeviceRecord, RecordItem } from "../../records/device-record.ts";
import type { RowFault } from "../../row-fault.ts";
import { readMoment } from "../../time/read-moment.ts";
import { glucoseRules, type GlucoseUnits, readGlucose } from "../../values/glucose.ts";
import { type DecimalMark, readNumber } from "../../values/read-number.ts";
import type { CarelinkColumn, CarelinkColumns } from "./carelink-columns.ts";
import { bolusPart, deliveredBy, eventMarker, primeTarget, suspension, suspensionBy } from "./carelink-words.ts";
import { carelinkKey } from "./origin-id.ts";
import type { CarelinkPlace, PumpEvent } from "./pump-event.ts";
import { wizardMembers } from "./wizard-members.ts";

/** What Medtronic's sensors measure, in mg/dL. */
export const medtronicSensor = { low: 40, high: 400 };
/** What the meters that go with the pumps measure. */
const meter = { low: 20, high: 600 };

/** A row with what is known about it before its values are read. */
export interface CarelinkRow extends CarelinkPlace {
  readonly file: string;
  readonly row: number;
  readonly cells: ReadonlyArray<string>;
  readonly columns: CarelinkColumns;
  readonly units: GlucoseUnits;
  readonly decimal: DecimalMark | undefined;
  /** In the section with the totals of days. */
  readonly isAggregated: boolean;
  readonly timeText: string;
}

/** `h:mm:ss` in milliseconds. */
const durationOf = (text: string): number | undefined => {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/u.exec(text);
  if (!match) return undefined;
  return (Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0)) * 1000;
};

/** `69,00000` is bolus 69. */
const wholeNumber = (text: string): string | undefined => /^(\d+)(?:[.,]0*)?$/u.exec(text)?.[1];

/** Everything that a row says: a row may say several things. */
export const carelinkItems = (given: CarelinkRow): ReadonlyArray<RecordItem<PumpEvent>> => {
  const { cells, columns, units, decimal, wall, serial, deviceId, model, rawId, timeText } = given;
  const place = { file: given.file, row: given.row };
  const items: Array<RecordItem<PumpEvent>> = [];
  const amounts = new Amounts(decimal);
  const cell = (column: CarelinkColumn): string => cells[columns.at[column] ?? -1] ?? "";
  const nameOf = (column: CarelinkColumn): string => columns.names[columns.at[column] ?? -1] ?? column;
  const amount = (column: CarelinkColumn, most: number): number | undefined =>
    amounts.read(cell(column), { column: nameOf(column), most });

  const add = (members: DatumMembers, { kind = "", isReading = false } = {}): void => {
    const key = carelinkKey({ serial, wall, kind, ...known({ rawId }) });
    const record: DeviceRecord = { wall, deviceId, model, key, members, isReading };
    items.push({ ...place, record, timeText });
  };
  const hold = (event: DistributiveOmit<PumpEvent, keyof CarelinkPlace>): void => {
    items.push({ ...place, held: { ...event, wall, serial, deviceId, model, rawId } as PumpEvent });
  };
  const notMapped = (what: string): void => {
    items.push({ ...place, notMapped: what });
  };
  const fault = (code: string, column: CarelinkColumn, message: string): void => {
    items.push({ ...place, fault: { code, message, column: nameOf(column) } });
  };

  const glucose = (
    column: "bg" | "calibration" | "sensorGlucose",
    members: DatumMembers,
    range: { readonly low: number; readonly high: number }
  ): void => {
    const text = cell(column);
    const read = readGlucose(text, { units, range, decimal });
    if (typeof read !== "string") {
      add(
        { ...members, ...read },
        { isReading: column === "sensorGlucose", kind: column === "calibration" ? column : "" }
      );
      return;
    }
    const value = read === "implausible" ? readNumber(text, decimal) : undefined;
    const broken: RowFault = { code: `glucose-${read}`, message: glucoseRules[read], column: nameOf(column) };
    items.push({
      ...place,
      fault: broken,
      ...(value === undefined ? {} : { doubtful: { value, units: columns.units } })
    });
  };

  const bolus = (): void => {
    const source = cell("bolusSource");
    const by = given.isAggregated ? "day" : deliveredBy(source);
    const delivered = amount("delivered", 100);
    if (by === "day") {
      notMapped("day's total of automated insulin");
      return;
    }
    if (by === "basal") {
      if (delivered !== undefined) hold({ kind: "automatedBasal", units: delivered });
      return;
    }
    const duration = durationOf(cell("bolusDuration"));
    const part = bolusPart(cell("bolusType"), duration);
    const selected = amount("selected", 100);
    if (amounts.faults.length > 0) return;
    if (part === undefined) {
      fault("unknown-bolus-type", "bolusType", "The type of the bolus is none that is known.");
      return;
    }
    const isClosedLoop = /closed_loop/iu.test(source);
    const number = wholeNumber(cell("bolusNumber"));
    hold({ kind: "bolus", part, by, isClosedLoop, number, selected, delivered, duration });
  };

  const temp = (): void => {
    const value = amount("tempAmount", 1000);
    const duration = durationOf(cell("tempDuration"));
    if (value === undefined || duration === undefined) {
      if (amounts.faults.length === 0) notMapped("temporary basal without a rate or a duration");
      // It ends what ran before all the same.
      hold({ kind: "temp", duration, percent: undefined, rate: undefined });
      return;
    }
    const isPercent = /percent|%|prozent|porcent|pourcent/iu.test(cell("tempType"));
    hold({
      kind: "temp",
      duration,
      ...(isPercent ? { percent: value / 100, rate: undefined } : { percent: undefined, rate: value })
    });
  };

  const marker = (): void => {
    const entered = eventMarker(cell("marker"));
    const value = entered && entered.amount !== "" ? readNumber(entered.amount, decimal) : undefined;
    if (entered?.kind === "exercise") add({ type: "physicalActivity" });
    else if (entered?.kind === "food" && value !== undefined && value >= 0 && value <= 1000) {
      add({ type: "food", nutrition: { carbohydrate: { net: value, units: "grams" } } });
    } else if (entered?.kind === "insulin" && value !== undefined && value >= 0 && value <= 250) {
      add({ type: "insulin", dose: { total: value, units: "Units" } });
    } else if (entered) fault("bad-amount", "marker", "The event has no amount that can be meant.");
    else notMapped("event of another kind");
  };

  const prime = (): void => {
    const target = primeTarget(cell("primeType"));
    const volume = amount("primeVolume", 1000);
    if (target === undefined) notMapped("filling of an unknown part");
    else add({ type: "deviceEvent", subType: "prime", primeTarget: target, ...known({ volume }) }, { kind: "prime" });
  };

  if (cell("sensorGlucose") !== "") glucose("sensorGlucose", { type: "cbg" }, medtronicSensor);
  if (cell("bg") !== "") {
    glucose("bg", { type: "smbg", subType: cell("meter") === "" ? "manual" : "linked" }, meter);
  }
  if (cell("calibration") !== "") {
    if (cell("rejected") !== "") notMapped("calibration that the sensor did not take");
    else glucose("calibration", { type: "deviceEvent", subType: "calibration" }, meter);
  }
  if (cell("bolusType") !== "" || cell("delivered") !== "" || cell("selected") !== "") bolus();
  if (given.isAggregated) return items;
  const hasWizard = (["estimate", "carbInput", "foodEstimate", "correctionEstimate"] as const).some(
    (column) => cell(column) !== ""
  );
  if (hasWizard) {
    const members = wizardMembers(amounts, { cell, nameOf, units, hasExchanges: columns.hasExchanges });
    hold({ kind: "wizard", number: wholeNumber(cell("bolusNumber")), members });
  }
  if (cell("basalRate") !== "") {
    const rate = amount("basalRate", 100);
    hold({ kind: "basal", rate });
  }
  if (cell("tempAmount") !== "" || cell("tempDuration") !== "") temp();
  if (cell("suspend") !== "") {
    const kind = suspension(cell("suspend"));
    if (kind) hold({ kind, by: suspensionBy(cell("suspend")) });
    else notMapped("state of delivery that is not known");
  }
  if (cell("marker") !== "") marker();
  if (cell("primeType") !== "" || cell("primeVolume") !== "") prime();
  if (cell("rewind") !== "") add({ type: "deviceEvent", subType: "reservoirChange" }, { kind: "reservoir" });
  if (cell("alarm") !== "") {
    const type = alarmType(cell("alarm"));
    if (type === undefined) notMapped("alarm of another kind");
    else add({ type: "deviceEvent", subType: "alarm", alarmType: type }, { kind: "alarm" });
  }
  if (cell("newDeviceTime") !== "") {
    const change = newClock(given, cell("newDeviceTime"));
    if (change) add(change, { kind: "clock" });
    else notMapped("change of the clock to an unknown time");
  }
  for (const broken of amounts.faults) items.push({ ...place, fault: broken });
  if (items.length === 0) {
    if (cell("sensorException") !== "") notMapped("sensor without a reading");
    else notMapped(cell("isig") === "" ? "row of another kind" : "sensor signal without glucose");
  }
  return items;
};

/** What the clock was set to; in old files, a time without its day. */
const newClock = ({ wall, timeText }: CarelinkRow, text: string): DatumMembers | undefined => {
  const [date = ""] = timeText.split(" ");
  const to = ["ymd", "mdy"]
    .flatMap((order) => [text, `${date} ${text}`].map((moment) => readMoment(moment, order as "ymd" | "mdy")))
    .find((moment) => moment !== undefined);
  if (to === undefined) return undefined;
  const local = (moment: number) => ({ time: new Date(moment).toISOString().slice(0, 19) });
  return { type: "deviceEvent", subType: "timeChange", from: local(wall), to: local(to) };
};

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
