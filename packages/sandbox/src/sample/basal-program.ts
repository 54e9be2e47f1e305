/** Units an hour of the sample pump's schedule, from each local hour on. */
const schedule = [
  { hour: 0, rate: 0.8 },
  { hour: 4, rate: 1.05 },
  { hour: 8, rate: 0.85 },
  { hour: 12, rate: 0.75 },
  { hour: 17, rate: 0.9 },
  { hour: 22, rate: 0.8 }
] as const;

export const scheduleName = "Everyday";

/** The scheduled rate at a minute of the local day, and when it ends. */
export const scheduledAt = (minute: number): { readonly rate: number; readonly endsAt: number } => {
  const next = schedule.findIndex(({ hour }) => hour * 60 > minute);
  const current = schedule.at(next === -1 ? -1 : next - 1) ?? schedule[0];
  return { rate: current.rate, endsAt: next === -1 ? 24 * 60 : (schedule[next]?.hour ?? 24) * 60 };
};

/** A temporary rate: a share of the schedule for some minutes. */
export interface TempBasal {
  readonly percent: number;
  readonly minutes: number;
}

/** What a pump that adjusts itself sets for the next half hour; nothing where the schedule fits. */
export const chooseTempBasal = (glucose: number, trend: number, onBoard: number): TempBasal | undefined => {
  const expected = glucose + 20 * trend - 6 * onBoard;
  const percent = Math.round(Math.min(2, Math.max(0, 1 + (expected - 115) / 90)) * 20) / 20;
  return Math.abs(percent - 1) < 0.2 ? undefined : { percent, minutes: 30 };
};
