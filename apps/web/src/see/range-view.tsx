import { type GlucoseUnit, timeInRangeChart } from "@tideway/charts";
import type { Summary, Targets } from "@tideway/metrics";
import { useCallback } from "react";
import { ChartFigure } from "../charts/chart-figure.tsx";

interface Props {
  readonly summary: Summary;
  readonly unit: GlucoseUnit;
  readonly targets: Targets;
}

/** Time in range beside its goals. */
export const RangeView = ({ summary, unit, targets }: Props) => {
  const draw = useCallback(
    (width: number) => timeInRangeChart(summary, { width: Math.min(width, 520), unit, targets }),
    [summary, unit, targets]
  );
  return (
    <div className="range">
      <h3>Time in range</h3>
      <ChartFigure draw={draw} minHeight={230} />
    </div>
  );
};
