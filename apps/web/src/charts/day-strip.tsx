import { Fragment } from "react";
import { formatTime } from "../format/date.ts";
import { formatCount } from "../format/number.ts";
import type { LocalTime } from "../preview/local-time.ts";
import type { Day } from "../preview/preview.ts";

/** How full a day is against the fullest one: 0 for an empty day, then 1 to 4. */
const shadeOf = (datums: number, most: number): number => (datums === 0 ? 0 : Math.ceil((datums / most) * 4));

interface Props {
  readonly days: ReadonlyArray<Day>;
  readonly localTime: LocalTime;
  /** While uploading: which days are uploaded already. The others are shown empty. */
  readonly done: ReadonlyArray<boolean> | undefined;
}

/** One cell for each day, the darker the more datums it has: shows the gaps, and fills up while uploading. */
export const DayStrip = ({ days, localTime, done }: Props) => {
  const most = days.reduce((most, { datums }) => Math.max(most, datums), 1);
  const skipped = days.reduce((sum, day) => sum + day.skipped, 0);
  const empty = skipped + days.filter(({ datums }) => datums === 0).length;
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const span = `${formatTime(first.start, localTime, "date")} to ${formatTime(last.start, localTime, "date")}`;
  const finding = `${formatCount(days.length + skipped, "day")}, ${span}; ${empty === 0 ? "none" : formatCount(empty, "day")} without data`;
  return (
    <figure className="days">
      <div role="img" aria-label={`Datums on each day: ${finding}.`} className="days-cells">
        {days.map(({ start, datums, skipped }, index) => (
          <Fragment key={start}>
            {skipped > 0 && <small className="days-skipped">then nothing for {formatCount(skipped, "day")}</small>}
            <i
              data-shade={shadeOf(datums, most)}
              data-done={done === undefined || done[index]}
              title={`${formatTime(start, localTime, "day")}: ${formatCount(datums, "datum")}`}
            />
          </Fragment>
        ))}
      </div>
      <figcaption className="note">
        {finding}. The fullest day has {formatCount(most, "datum")}.
      </figcaption>
    </figure>
  );
};
