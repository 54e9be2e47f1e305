import { useId } from "react";
import { PlotCurve, type PlotCurveProps } from "./plot-curve.tsx";
import { plotHeight, plotMargin, plotScales } from "./plot-scales.ts";

interface Props extends PlotCurveProps {
  readonly title: string;
  /** The finding, in words. */
  readonly description: string;
  /** The reading that is pointed at. */
  readonly chosen: number | undefined;
  readonly onPoint: (time: number) => void;
}

/** The glucose curve of a span as a picture with a title and a description, and the reading that is pointed at. */
export const GlucosePlot = ({ title, description, chosen, onPoint, ...curve }: Props) => {
  const id = useId();
  const { series, from, to, width } = curve;
  const { x, y } = plotScales(series, from, to, width);
  const time = chosen === undefined ? undefined : series.times[chosen];
  const value = chosen === undefined ? undefined : series.mgdl[chosen];
  return (
    <svg
      role="img"
      aria-labelledby={`${id}title ${id}description`}
      width={width}
      height={plotHeight}
      viewBox={`0 0 ${width} ${plotHeight}`}
      onPointerDown={({ nativeEvent }) => onPoint(x.invert(nativeEvent.offsetX))}
      onPointerMove={({ nativeEvent }) => onPoint(x.invert(nativeEvent.offsetX))}
      className="plot"
    >
      <title id={`${id}title`}>{title}</title>
      <desc id={`${id}description`}>{description}</desc>
      <PlotCurve {...curve} />
      {time !== undefined && value !== undefined && (
        <g className="plot-chosen">
          <line x1={x(time)} x2={x(time)} y1={plotMargin.top} y2={plotHeight - plotMargin.bottom} />
          <circle cx={x(time)} cy={y(value)} r="5" />
        </g>
      )}
    </svg>
  );
};
