import { known, rounded } from "../../records/amounts.ts";
import type { BasalRecord, DatumMembers, RecordItem, RowPlace } from "../../records/device-record.ts";
import type { WallTime } from "../../time/zone-clock.ts";
import { carelinkKey } from "./origin-id.ts";
import type { PumpEvent } from "./pump-event.ts";

/** An event of one pump with its place in a file. */
export type PlacedEvent = RowPlace & { readonly held: PumpEvent };

const fiveMinutes = 300_000;
const halfHour = 1_800_000;
const minute = 60_000;
const hour = 3_600_000;

interface Span {
  readonly from: WallTime;
  readonly to: WallTime;
}

/** The rows of a schedule begin on the half hour; a row at another time says that a temporary basal was ended. */
const isOfSchedule = (wall: WallTime): boolean => wall % halfHour < minute;

/** The basals, suspensions and what they interrupt of one pump, from its rows in the order of time. */
class PumpBasals {
  readonly items: Array<RecordItem> = [];
  private readonly events: ReadonlyArray<PlacedEvent>;
  private readonly temps: Array<Span & { readonly percent: number | undefined }> = [];
  private readonly suspensions: Array<Span> = [];

  constructor(events: ReadonlyArray<PlacedEvent>) {
    this.events = events;
  }

  assemble(): ReadonlyArray<RecordItem> {
    this.suspend();
    this.temporary();
    this.scheduled();
    return this.items;
  }

  private add(
    { file, row, held }: PlacedEvent,
    members: DatumMembers,
    {
      wall = held.wall,
      duration,
      hasUnknownRate
    }: {
      readonly wall?: WallTime;
      readonly duration?: number | undefined;
      readonly hasUnknownRate?: boolean | undefined;
    }
  ): void {
    const { serial, deviceId, model } = held;
    const key = carelinkKey({ serial, wall: held.wall, kind: String(members["deliveryType"]) });
    const basal: BasalRecord = { wall, deviceId, model, key, members, duration, ...known({ hasUnknownRate }) };
    this.items.push({ file, row, basal });
  }

  private suspend(): void {
    let open: PlacedEvent | undefined;
    const end = (resumed?: PlacedEvent): void => {
      if (!open) return;
      const { file, row, held } = open;
      const { wall, serial, deviceId, model } = held;
      const duration = resumed && resumed.held.wall - wall;
      if (resumed) this.suspensions.push({ from: wall, to: resumed.held.wall });
      this.add(open, { type: "basal", deliveryType: "suspend" }, { duration });
      const by = (placed: PlacedEvent): string => ("by" in placed.held ? placed.held.by : "automatic");
      const members = {
        type: "deviceEvent",
        subType: "status",
        status: "suspended",
        reason: { suspended: by(open), ...(resumed ? { resumed: by(resumed) } : {}) },
        ...(duration === undefined ? {} : { duration })
      };
      const key = carelinkKey({ serial, wall, kind: "status" });
      this.items.push({ file, row, record: { wall, deviceId, model, key, members } });
      open = undefined;
    };
    for (const placed of this.events) {
      if (placed.held.kind === "suspended") {
        // Told once more within the hour, it is the same suspension; later, the end of the first one is missing.
        if (open && placed.held.wall - open.held.wall > hour) end();
        open ??= placed;
      }
      if (placed.held.kind === "resumed") end(placed);
    }
    end();
  }

  private temporary(): void {
    let rate: number | undefined;
    const temps = this.events.filter(({ held }) => held.kind === "temp");
    for (const placed of this.events) {
      const { held } = placed;
      if (held.kind === "basal") rate = held.rate;
      if (held.kind !== "temp") continue;
      const next = temps[temps.indexOf(placed) + 1];
      const { duration } = held;
      const to = Math.min(held.wall + (duration ?? 0), next?.held.wall ?? Number.POSITIVE_INFINITY);
      const delivered =
        held.rate ?? (held.percent === undefined || rate === undefined ? undefined : held.percent * rate);
      if (delivered === undefined || delivered > 100) {
        const { file, row } = placed;
        const notMapped =
          delivered === undefined
            ? "temporary basal in percent of an unknown rate"
            : "temporary basal above 100 units an hour";
        // What tells neither a rate nor a share was counted where its row was read.
        if (held.percent !== undefined || held.rate !== undefined) this.items.push({ file, row, notMapped });
        // Where the schedule changes beneath it, its rate is known from there on.
        if (delivered === undefined) this.temps.push({ from: held.wall, to, percent: held.percent });
        this.add(placed, { type: "basal", deliveryType: "temp", rate: 0 }, { duration, hasUnknownRate: true });
        continue;
      }
      this.temps.push({ from: held.wall, to, percent: held.percent });
      const percent = held.percent === undefined ? {} : { percent: held.percent };
      this.add(placed, { type: "basal", deliveryType: "temp", rate: rounded(delivered), ...percent }, { duration });
    }
  }

  private scheduled(): void {
    const loop = this.events.flatMap(({ held }) =>
      held.kind === "automatedBasal" || (held.kind === "bolus" && held.isClosedLoop) ? [held.wall] : []
    );
    const within = <S extends Span>(spans: ReadonlyArray<S>, wall: WallTime): S | undefined =>
      spans.find(({ from, to }) => from <= wall && wall < to);
    let nextLoop = 0;
    for (const placed of this.events) {
      const { held } = placed;
      if (held.kind === "automatedBasal") {
        const rate = rounded((held.units * 3_600_000) / fiveMinutes);
        this.add(placed, { type: "basal", deliveryType: "automated", rate }, { duration: fiveMinutes });
      }
      if (held.kind !== "basal") continue;
      const temp = isOfSchedule(held.wall) ? within(this.temps, held.wall) : undefined;
      const { rate } = held;
      if (rate !== undefined && temp?.percent !== undefined && temp.from < held.wall)
        this.addPercent(placed, temp, rate);
      // A schedule goes on beneath what interrupts it, and is delivered from the end of that on.
      const covered = within(this.suspensions, held.wall) ?? temp;
      const wall = covered?.to ?? held.wall;
      while (nextLoop < loop.length && loop[nextLoop]! <= wall) nextLoop++;
      const duration = loop[nextLoop] === undefined ? undefined : loop[nextLoop]! - wall;
      const isLong = duration !== undefined && duration > 86_400_000;
      this.add(
        placed,
        { type: "basal", deliveryType: "scheduled", rate: rate ?? 0 },
        { wall, duration: isLong ? undefined : duration, hasUnknownRate: rate === undefined }
      );
    }
  }

  /** A temporary basal in percent changes with the schedule beneath it. */
  private addPercent(
    placed: PlacedEvent,
    { to, percent = 1 }: Span & { readonly percent: number | undefined },
    rate: number
  ): void {
    const members = { type: "basal", deliveryType: "temp", rate: rounded(percent * rate), percent };
    this.add(placed, members, { duration: to - placed.held.wall });
  }
}

const isBasal = ({ held }: PlacedEvent): boolean => held.kind !== "wizard";

/** Makes basals of what pumps told about them: rows in the order of time. */
export const assembleBasals = (events: ReadonlyArray<PlacedEvent>): ReadonlyArray<RecordItem> => {
  const pumps = Map.groupBy(events.filter(isBasal), ({ held }) => held.deviceId);
  return [...pumps.values()].flatMap((pump) => new PumpBasals(pump).assemble());
};
