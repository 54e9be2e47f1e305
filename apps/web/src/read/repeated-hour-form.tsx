import type { ReadOptions } from "@tideway/sources";

interface Props {
  readonly onAnswer: (repeatedHour: NonNullable<ReadOptions["repeatedHour"]>) => void;
}

const hours = [
  ["earlier", "the first time", "M20,40H110"],
  ["later", "the second time", "M110,40H200"]
] as const;

/** Asks which of the two a time is that the clock showed twice, on the night when summer time ends. */
export const RepeatedHourForm = ({ onAnswer }: Props) => (
  <fieldset className="repeated-hour">
    <legend>The hour that came twice</legend>
    <p>On the night when clocks are put back, an hour is shown twice. Which of the two do these records mean?</p>
    {hours.map(([value, name, path]) => (
      <button key={value} type="button" onClick={() => onAnswer(value)}>
        <svg width="220" height="60" viewBox="0 0 220 60" aria-hidden="true">
          <path d="M20,40H200M20,34V46M110,34V46M200,34V46" className="need-line" fill="none" />
          <path d={path} className="repeated-part" fill="none" />
          <text x="20" y="24" className="need-text">
            2:00
          </text>
          <text x="110" y="24" textAnchor="middle" className="need-text">
            3:00 → 2:00
          </text>
          <text x="200" y="24" textAnchor="end" className="need-text">
            3:00
          </text>
        </svg>
        The hour {name}
      </button>
    ))}
  </fieldset>
);
