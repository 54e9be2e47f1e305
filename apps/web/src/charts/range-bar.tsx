import { type Band, bands, type Summary, targetSets, wholePercents } from "@tideway/metrics";
import { bandNames, formatBand } from "../format/band.ts";
import type { Unit } from "../format/glucose.ts";
import { formatTimeOfDay } from "../format/number.ts";
import { bandColours } from "./band-colours.ts";

const { goals } = targetSets.standard;

const goalTexts: { readonly [B in Band]: string } = {
  veryHigh: `under ${goals.veryHigh} %`,
  high: `with very high, under ${goals.aboveTarget} %`,
  target: `over ${goals.target} %`,
  low: `with very low, under ${goals.belowTarget} %`,
  veryLow: `under ${goals.veryLow} %`
};

const barHeight = 220;
const divider = 2;

/** Time in range: one bar, high at the top and low at the bottom, and beside it the same in numbers. */
export const RangeBar = ({ summary, unit }: { readonly summary: Summary; readonly unit: Unit }) => {
  const percents = wholePercents(summary.bands);
  const fromTop = bands.toReversed();
  let top = 0;
  return (
    <div className="range">
      <svg aria-hidden="true" width="44" height={barHeight} className="range-bar">
        {fromTop.map((band) => {
          const y = top;
          const height = (summary.bands[band] / 100) * barHeight;
          top += height;
          return (
            <rect
              key={band}
              y={y}
              width="44"
              height={height > 2 * divider ? height - divider : height}
              fill={bandColours[band]}
            />
          );
        })}
      </svg>
      <table className="range-table">
        <caption>Time in range</caption>
        <thead>
          <tr>
            <th scope="col">{unit}</th>
            <th scope="col" className="number">
              Share
            </th>
            <th scope="col" className="number">
              A day
            </th>
            <th scope="col">Goal</th>
          </tr>
        </thead>
        <tbody>
          {fromTop.map((band) => (
            <tr key={band} data-band={band}>
              <th scope="row">
                <span className="swatch" style={{ backgroundColor: bandColours[band] }} />
                {bandNames[band]} <small>{formatBand(band, unit)}</small>
              </th>
              <td className="number">
                <strong>{percents[band].replace("<", "< ")} %</strong>
              </td>
              <td className="number">{formatTimeOfDay(summary.bands[band])}</td>
              <td>
                <small>{goalTexts[band]}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
