import type { Chart } from "@tideway/charts";
import type { ComponentProps, ReactNode } from "react";
import { Shapes } from "./shapes.tsx";

interface Props extends Omit<ComponentProps<"svg">, "children"> {
  readonly chart: Chart;
  /** Drawn over the chart, such as a mark at what is pointed at. */
  readonly children?: ReactNode;
}

/** A chart as a picture whose name is its title and its finding. */
export const ChartSvg = ({ chart, children, ...props }: Props) => (
  <svg
    role="img"
    aria-label={`${chart.title}. ${chart.finding}`}
    width={chart.width}
    height={chart.height}
    viewBox={`0 0 ${chart.width} ${chart.height}`}
    className="plot"
    {...props}
  >
    <Shapes shapes={chart.shapes} />
    {children}
  </svg>
);
