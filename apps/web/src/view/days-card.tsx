import type { DemoState } from "../demo-state.ts";
import { DayStrip } from "../draw/day-strip.tsx";
import { doneDays } from "../look/days.ts";
import { settled } from "../upload/settled.ts";

/** Which days have data, and while uploading, which of them are uploaded. */
export const DaysCard = ({ state }: { readonly state: Extract<DemoState, { preview: unknown }> }) => {
  const { preview } = state;
  if (preview.days.length === 0) return null;
  return (
    <section className="card" aria-labelledby="days">
      <h2 id="days">Days with data</h2>
      <DayStrip
        days={preview.days}
        localTime={preview.localTime}
        done={state.step === "uploading" ? doneDays(preview, settled(state.counts)) : undefined}
      />
    </section>
  );
};
