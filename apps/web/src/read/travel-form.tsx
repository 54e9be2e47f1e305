import type { TravelStep } from "@tideway/sources";
import { type FormEvent, useId, useState } from "react";

interface Props {
  /** The zone of the device's clock before the first change. */
  readonly timezone: string;
  readonly travel: ReadonlyArray<TravelStep>;
  readonly onTravel: (travel: ReadonlyArray<TravelStep>) => void;
}

const zones = Intl.supportedValuesOf("timeZone");

/** Takes the days on which the device's clock was set to another zone: a line of stays, and a form for one more. */
export const TravelForm = ({ timezone, travel, onTravel }: Props) => {
  const id = useId();
  const [from, setFrom] = useState("");
  const [zone, setZone] = useState("");
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const others = travel.filter((step) => step.from !== from);
    onTravel([...others, { from, timezone: zone }].toSorted((a, b) => a.from.localeCompare(b.from)));
  };
  return (
    <details>
      <summary>The clock was set to another zone for a while</summary>
      <ol className="stays">
        <li>{timezone}</li>
        {travel.map((step) => (
          <li key={step.from}>
            from {step.from}: {step.timezone}{" "}
            <button type="button" onClick={() => onTravel(travel.filter((other) => other !== step))}>
              Remove
            </button>
          </li>
        ))}
      </ol>
      <form onSubmit={add} className="answer">
        <label>
          From <input type="date" required value={from} onChange={({ target }) => setFrom(target.value)} />
        </label>
        <label>
          in{" "}
          <input
            list={id}
            required
            autoComplete="off"
            placeholder="America/New_York"
            value={zone}
            onChange={({ target }) => setZone(target.value.trim())}
          />
        </label>
        <datalist id={id}>
          {zones.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <button type="submit">Add</button>
      </form>
    </details>
  );
};
