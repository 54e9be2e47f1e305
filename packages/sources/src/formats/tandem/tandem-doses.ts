import { rounded } from "../../records/amounts.ts";
import type { RecordItem, RowPlace } from "../../records/device-record.ts";
import type { WallTime } from "../../time/zone-clock.ts";
import { tandemKey } from "./origin-id.ts";

/** Basal insulin that the pump gave in one of its doses. */
export interface Dose {
  readonly wall: WallTime;
  readonly serial: string;
  readonly deviceId: string;
  readonly model: string | undefined;
  readonly units: number;
}

type PlacedDose = RowPlace & { readonly held: Dose };

const hour = 3_600_000;
const day = 86_400_000;
/** A pump gives its basal every five minutes, some seconds sooner or later. */
const usual = 300_000;
const longest = 360_000;
const shortest = 240_000;

interface Run {
  readonly first: PlacedDose;
  readonly rate: number;
  end: WallTime;
}

/** How long a dose lasts, and at which rate: by the usual interval, unless the next one comes much sooner. */
const spanOf = (
  { wall, units }: Dose,
  next: WallTime | undefined
): { readonly rate: number; readonly end: WallTime } => {
  const gap = next === undefined ? usual : next - wall;
  if (gap < shortest) return { rate: rounded((units * hour) / gap), end: wall + gap };
  return { rate: rounded((units * hour) / usual), end: wall + (gap <= longest ? gap : usual) };
};

const basalOf = ({ first: { file, row, held }, rate, end }: Run): RecordItem => {
  const { wall, serial, deviceId, model } = held;
  const members = { type: "basal", deliveryType: "automated", rate };
  return {
    file,
    row,
    basal: { wall, deviceId, model, key: tandemKey(serial, wall, "dose"), members, duration: end - wall }
  };
};

const ofPump = function* (doses: ReadonlyArray<PlacedDose>): Generator<RecordItem> {
  let run: Run | undefined;
  for (const [index, placed] of doses.entries()) {
    const { held, file, row } = placed;
    const next = doses[index + 1]?.held;
    if (next?.wall === held.wall) {
      if (next.units === held.units) yield { file, row, copy: true };
      else yield { file, row, notMapped: "basal that another one replaces at once" };
      continue;
    }
    const { rate, end } = spanOf(held, next?.wall);
    // Exports begin at midnight: so a longer one has the same basals.
    const isSameDay = run !== undefined && Math.floor(run.first.held.wall / day) === Math.floor(held.wall / day);
    if (run && isSameDay && run.end === held.wall && run.rate === rate) run.end = end;
    else {
      if (run) yield basalOf(run);
      run = { first: placed, rate, end };
    }
  }
  if (run) yield basalOf(run);
};

/** Makes basals of doses: those of one rate that follow each other within a day are one. */
export const assembleDoses = function* (doses: ReadonlyArray<PlacedDose>): Generator<RecordItem> {
  const pumps = Map.groupBy(doses, ({ held }) => held.deviceId);
  for (const pump of pumps.values()) {
    yield* ofPump(pump.toSorted(({ held: one }, { held: other }) => one.wall - other.wall || one.units - other.units));
  }
};
