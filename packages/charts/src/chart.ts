import type { DataTable } from "./data-table.ts";
import type { Shape } from "./shape.ts";

/** A drawing, what it shows in words, and its numbers. */
export interface Chart {
  readonly title: string;
  /** What is to be seen, in one to three sentences. */
  readonly finding: string;
  /** In CSS pixels: text is drawn at its true size, so draw anew for another width. */
  readonly width: number;
  readonly height: number;
  readonly shapes: ReadonlyArray<Shape>;
  /** The numbers, worked out when they are asked for. */
  readonly table: () => DataTable;
}

/** The part of a drawing inside its axes, in pixels. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A chart over time, which can be pointed at: the left edge of `area` is the moment `from`, the right edge `to`. */
export interface TimeChart extends Chart {
  readonly area: PlotArea;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}
