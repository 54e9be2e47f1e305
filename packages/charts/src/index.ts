export { bandNames, formatBand, formatTimeOfDay } from "./bands-in-words.ts";
export type { ChartSize, GlucoseChartOptions, TimeChartOptions } from "./chart-options.ts";
export type { Chart, PlotArea, TimeChart } from "./chart.ts";
export { bandColour, chartColours, colour, type ColourName, colourSheet } from "./colours.ts";
export { type CalendarOptions, coverageCalendar, type CoverageDay } from "./coverage-calendar.ts";
export type { DataTable, TableColumn } from "./data-table.ts";
export { dayChart, type DayChartOptions } from "./day-chart.ts";
export {
  type Basal,
  type Bolus,
  type Carbohydrates,
  type DayEvents,
  EventCollector,
  eventsBetween,
  type Fingerstick,
  noEvents
} from "./day-events.ts";
export { formatGlucose, formatGlucoseIn, type GlucoseUnit } from "./glucose-unit.ts";
export { historyChart, type HistoryChartOptions } from "./history-chart.ts";
export type { OffsetAt } from "@tideway/metrics";
export { daysAfter, formatTime, midnightOf } from "./local-clock.ts";
export { profileChart, type ProfileChartOptions } from "./profile-chart.ts";
export { renderFigure, renderTable } from "./render-figure.ts";
export { renderSvg } from "./render-svg.ts";
export { type GlucoseSeries, indexAt, nearestIndex, seriesOf } from "./series.ts";
export type { Shape, ShapeAttributes, ShapeTag } from "./shape.ts";
export { timeInRangeChart } from "./time-in-range-chart.ts";
