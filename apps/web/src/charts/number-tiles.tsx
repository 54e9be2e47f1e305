import { formatGlucose, type GlucoseUnit } from "@tideway/charts";
import { griZone, type Summary, type Withheld } from "@tideway/metrics";
import { formatCount, formatNumber } from "../format/number.ts";

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly unit?: string;
  readonly note?: string;
}

const tile = (
  name: string,
  value: number | Withheld,
  { format, unit, note }: { readonly format: (value: number) => string; readonly unit: string; readonly note?: string }
): Tile =>
  typeof value === "number"
    ? { name, value: format(value), unit, ...(note === undefined ? {} : { note }) }
    : { name, value: "not shown", note: value.withheld };

const tilesOf = (summary: Summary, unit: GlucoseUnit): ReadonlyArray<Tile> => [
  tile("Mean", summary.mean, { format: (value) => formatGlucose(value, unit), unit }),
  tile("GMI", summary.gmi, { format: (value) => value.toFixed(1), unit: "%", note: "an estimate of A1c" }),
  tile("Variation (CV)", summary.cv, { format: (value) => value.toFixed(0), unit: "%", note: "Goal: at most 36 %" }),
  tile("Standard deviation", summary.sd, { format: (value) => formatGlucose(value, unit), unit }),
  tile("Tight range", summary.tightRange, {
    format: (value) => value.toFixed(0),
    unit: "%",
    note: `${formatGlucose(70, unit)}–${formatGlucose(140, unit)} ${unit}`
  }),
  tile("Risk index (GRI)", summary.gri, {
    format: (value) => value.toFixed(0),
    unit: "",
    note: typeof summary.gri === "number" ? `zone ${griZone(summary.gri)} of A to E` : ""
  }),
  tile("Sensor active", summary.sensorActive, { format: (value) => value.toFixed(0), unit: "%", note: "of this time" }),
  { name: "CGM readings", value: formatNumber(summary.count), note: `on ${formatCount(summary.days, "day")}` }
];

/** The numbers of a CGM report; one that there is too little data for says why it is not shown. */
export const NumberTiles = ({ summary, unit }: { readonly summary: Summary; readonly unit: GlucoseUnit }) => (
  <dl className="tiles">
    {tilesOf(summary, unit).map(({ name, value, unit, note }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>
          <strong>{value}</strong> {unit}
          {note !== undefined && <small>{note}</small>}
        </dd>
      </div>
    ))}
  </dl>
);
