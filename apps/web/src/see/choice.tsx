import { useId } from "react";

interface Props<A extends string> {
  readonly legend: string;
  readonly choices: ReadonlyArray<readonly [value: A, name: string]>;
  readonly value: A | undefined;
  readonly onValue: (value: A) => void;
}

/** A row of choices of which one holds. */
export const Choice = <A extends string>({ legend, choices, value, onValue }: Props<A>) => {
  const group = useId();
  return (
    <fieldset className="units">
      <legend className="unseen">{legend}</legend>
      {choices.map(([choice, name]) => (
        <label key={choice}>
          <input type="radio" name={group} checked={choice === value} onChange={() => onValue(choice)} /> {name}
        </label>
      ))}
    </fieldset>
  );
};
