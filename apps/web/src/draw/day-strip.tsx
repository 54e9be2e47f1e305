import type { LocalTime } from "../look/local-time.ts";
import type { Day } from "../look/preview.ts";
import { sayTime } from "../say/date.ts";
import { sayCount } from "../say/number.ts";

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
  const empty = days.filter(({ datums }) => datums === 0).length;
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const span = `${sayTime(first.start, localTime, "date")} to ${sayTime(last.start, localTime, "date")}`;
  const finding = `${sayCount(days.length, "day")}, ${span}; ${empty === 0 ? "none" : sayCount(empty, "day")} without data`;
  return (
    <figure className="days">
      <div role="img" aria-label={`Datums on each day: ${finding}.`} className="days-cells">
        {days.map(({ start, datums }, index) => (
          <i
            key={start}
            data-shade={shadeOf(datums, most)}
            data-done={done === undefined || done[index]}
            title={`${sayTime(start, localTime, "day")}: ${sayCount(datums, "datum")}`}
          />
        ))}
      </div>
      <figcaption className="note">
        {finding}. The fullest day has {sayCount(most, "datum")}.
      </figcaption>
    </figure>
  );
};
