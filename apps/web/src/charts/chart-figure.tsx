import type { Chart } from "@tideway/charts";
import { type ReactNode, useMemo } from "react";
import { ChartSvg } from "./chart-svg.tsx";
import { ChartTable } from "./chart-table.tsx";
import { useWidth } from "./use-width.ts";

interface Props {
  /** Draws the chart at a width in CSS pixels; keep it the same function as long as the chart is the same. */
  readonly draw: (width: number) => Chart;
  /** Height that is kept free until the width is known. */
  readonly minHeight: number;
  /** Clicks on a day of a calendar, by its date. Default: nothing happens. */
  readonly onDate?: (date: string) => void;
  readonly children?: ReactNode;
}

/** A chart at the width that there is, its finding in words, and its numbers as a table. */
export const ChartFigure = ({ draw, minHeight, onDate, children }: Props) => {
  const [ref, width] = useWidth<HTMLDivElement>();
  const chart = useMemo(() => (width > 0 ? draw(width) : undefined), [draw, width]);
  return (
    <figure>
      <div ref={ref} style={{ minHeight }}>
        {chart && (
          <ChartSvg
            chart={chart}
            onClick={({ target }) => {
              const date = target instanceof SVGElement ? target.dataset["date"] : undefined;
              if (date !== undefined) onDate?.(date);
            }}
          />
        )}
      </div>
      <figcaption>{chart?.finding}</figcaption>
      {children}
      {chart && <ChartTable chart={chart} />}
    </figure>
  );
};
