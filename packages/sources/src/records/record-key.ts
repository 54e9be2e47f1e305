import { toMgdl } from "@tideway/schemas";
import { originId } from "../identity/origin-of.ts";
import type { BasalRecord, DatumMembers, DeviceRecord } from "./device-record.ts";

/** What a clock showed, as ids have it. */
export const clockText = (wall: number): string => new Date(wall).toISOString().slice(0, 19);

/** The key under which a record is looked for again. A calculation and its bolus share one, so that no bolus beside them gets the same id. */
export const recordKey = ({ key, members: { type } }: DeviceRecord | BasalRecord): string =>
  `${type === "wizard" ? "bolus" : type}:${key.join(":")}`;

/** Members as they count: the same reading in mg/dL and in mmol/L is one reading. */
const comparable = (members: DatumMembers): unknown => {
  const { value, units, annotations: _annotations, ...rest } = members;
  return typeof value === "number"
    ? { ...rest, value: Math.round(units === "mmol/L" ? toMgdl(value) : value) }
    : members;
};

/** What of a record counts beside its key: a copy of it is the same there. */
export const recordContent = (record: DeviceRecord | BasalRecord): string => {
  const bolus = "bolus" in record && record.bolus ? record.bolus : undefined;
  const duration = "duration" in record ? record.duration : undefined;
  return JSON.stringify([record.wall, comparable(record.members), bolus, duration]);
};

/** The number that records of one key are put in order by. */
export const recordAmount = ({ members }: DeviceRecord | BasalRecord): number => {
  for (const name of ["value", "normal", "rate", "volume", "carbInput"]) {
    const amount = members[name];
    if (typeof amount === "number") return amount;
  }
  return 0;
};

/** The origin of a record's datum, or of the bolus in it. */
export const recordOrigin = (
  source: string,
  { key }: Pick<DeviceRecord, "key">,
  { type, occurrence }: { readonly type: string; readonly occurrence: number }
): Readonly<Record<string, string>> => ({
  id: originId({ source, parts: key, type, occurrence }),
  name: source,
  type: "service"
});
