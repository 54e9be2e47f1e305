import type { Shown } from "../app/app-state.ts";
import { DayStrip } from "../charts/day-strip.tsx";
import { doneDays } from "../preview/local-days.ts";
import type { LocalTime } from "../preview/local-time.ts";

interface Props {
  readonly shown: Extract<Shown, { preview: unknown }>;
  readonly localTime: LocalTime;
}

/** Which days have data, and while uploading, which of them are uploaded. */
export const DaysCard = ({ shown, localTime }: Props) => {
  const { preview } = shown;
  if (preview.days.length === 0) return null;
  const done = (): number => {
    if (shown.step !== "uploading") return 0;
    const { sent, unchanged } = shown.counts;
    // What is inside others is stored by itself, and not counted by itself when it is sent.
    return Math.floor(((sent + unchanged) * preview.dayOf.length) / Math.max(1, preview.counts.sent));
  };
  return (
    <section className="card" aria-labelledby="days">
      <h2 id="days">Days with data</h2>
      <DayStrip
        days={preview.days}
        localTime={localTime}
        done={shown.step === "uploading" ? doneDays(preview, done()) : undefined}
      />
    </section>
  );
};
