import type { Summary, Withheld } from "@tideway/metrics";
import { formatGlucose, type Unit } from "../format/glucose.ts";
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
  say: (value: number) => string,
  unit: string,
  note?: string
): Tile =>
  typeof value === "number"
    ? { name, value: say(value), unit, ...(note === undefined ? {} : { note }) }
    : { name, value: "not shown", note: value.withheld };

const tilesOf = (summary: Summary, unit: Unit): ReadonlyArray<Tile> => [
  tile("Mean", summary.mean, (value) => formatGlucose(value, unit), unit),
  tile("GMI", summary.gmi, (value) => value.toFixed(1), "%"),
  tile("Variation (CV)", summary.cv, (value) => value.toFixed(0), "%", "Goal: at most 36 %"),
  tile("Standard deviation", summary.sd, (value) => formatGlucose(value, unit), unit),
  tile("Sensor active", summary.sensorActive, (value) => value.toFixed(0), "%", "of this time"),
  { name: "CGM readings", value: formatNumber(summary.count), note: `on ${formatCount(summary.days, "day")}` }
];

/** The numbers of a CGM report; one that there is too little data for says why it is not shown. */
export const NumberTiles = ({ summary, unit }: { readonly summary: Summary; readonly unit: Unit }) => (
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
