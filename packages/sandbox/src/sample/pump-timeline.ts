import type { Datum, TimeMembers } from "@tideway/schemas";
import { scheduleName } from "./basal-program.ts";
import { basal } from "./datums.ts";
import { stepMinutes } from "./glucose-model.ts";

/** A stretch of basal insulin that has begun and not yet ended. */
interface Stretch {
  readonly moment: TimeMembers;
  readonly from: number;
  readonly rate: number;
  readonly scheduled: number;
  readonly percent?: number;
}

/** The basal insulin of one pump: a stretch ends where the next one begins, so that none overlap and none is open. */
export interface PumpTimeline {
  /** Ends the stretch that runs, giving its datum, and begins another one. Rates in units an hour. */
  begin(now: number, moment: TimeMembers, scheduled: number, percent?: number): ReadonlyArray<Datum>;
  /** Units in five minutes beyond the schedule. */
  extraUnits(): number;
}

export const createPumpTimeline = (): PumpTimeline => {
  let open: Stretch | undefined;
  return {
    begin: (now, moment, scheduled, percent) => {
      const ended = open;
      const rate = Math.round(scheduled * (percent ?? 1) * 100) / 100;
      open = { moment, from: now, rate, scheduled, ...(percent === undefined ? {} : { percent }) };
      if (ended === undefined || ended.from === now) return [];
      return [basal(ended.moment, { ...ended, duration: now - ended.from, scheduleName })];
    },
    extraUnits: () => (open === undefined ? 0 : ((open.rate - open.scheduled) * stepMinutes) / 60)
  };
};
