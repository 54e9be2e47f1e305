import { useId } from "react";
import type { Unit } from "../format/glucose.ts";

const units: ReadonlyArray<Unit> = ["mg/dL", "mmol/L"];

/** Which unit glucose is shown in. */
export const UnitSwitch = ({ unit, onUnit }: { readonly unit: Unit; readonly onUnit: (unit: Unit) => void }) => {
  const name = useId();
  return (
    <fieldset className="units">
      <legend className="unseen">Glucose in</legend>
      {units.map((option) => (
        <label key={option}>
          <input type="radio" name={name} checked={option === unit} onChange={() => onUnit(option)} /> {option}
        </label>
      ))}
    </fieldset>
  );
};
