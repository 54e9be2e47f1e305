import type { OffsetAt, Targets } from "@tideway/metrics";
import type { GlucoseUnit } from "./glucose-unit.ts";

/** How large a chart is, in CSS pixels. */
export interface ChartSize {
  /** Default: 720. */
  readonly width?: number;
  /** Default: that of each chart. */
  readonly height?: number;
}

/** How a chart of glucose is drawn. */
export interface GlucoseChartOptions extends ChartSize {
  /** Default: mg/dL. */
  readonly unit?: GlucoseUnit;
  /** Where the bands meet. Default: `targetSets.standard` of metrics. */
  readonly targets?: Targets;
}

/** How a chart over time is drawn. */
export interface TimeChartOptions extends GlucoseChartOptions {
  /** The wearer's clock. Default: UTC. */
  readonly offsetAt?: OffsetAt;
}
