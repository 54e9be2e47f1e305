import { useId } from "react";

interface Hours {
  readonly there: string;
  readonly here: string;
}

/** What the clocks show now in a zone and in UTC; undefined where there is no such zone. */
const hoursIn = (zone: string, now: number): Hours | undefined => {
  try {
    const format = (timeZone: string) =>
      new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(now);
    return { there: format(zone), here: format("UTC") };
  } catch {
    return undefined;
  }
};

const degreesOf = (clock: string): { readonly hour: number; readonly minute: number } => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return { hour: (hours % 12) * 30 + minutes / 2, minute: minutes * 6 };
};

/** A clock that shows what it is now in a zone: whoever wore the device knows whether theirs showed the same. */
export const ZonePicture = ({ zone, now }: { readonly zone: string; readonly now: number }) => {
  const id = useId();
  const hours = zone === "" ? undefined : hoursIn(zone, now);
  if (hours === undefined) return null;
  const { hour, minute } = degreesOf(hours.there);
  return (
    <p className="zone-picture">
      <svg width="44" height="44" viewBox="-22 -22 44 44" role="img" aria-labelledby={id}>
        <title id={id}>{`A clock that shows ${hours.there}`}</title>
        <circle r="20" className="need-clock" />
        <line y2="-10" transform={`rotate(${hour})`} className="need-hand" />
        <line y2="-16" transform={`rotate(${minute})`} className="need-hand" />
      </svg>
      <span>
        A clock there shows {hours.there} now ({hours.here} in UTC).
      </span>
    </p>
  );
};
