import { useState } from "react";
import { useServices } from "../app/services.tsx";
import type { FaultName } from "./fault-switches.ts";

const switches: ReadonlyArray<readonly [name: FaultName, text: string]> = [
  ["errors", "Two of five uploads of a chunk fail (500)"],
  ["busy", "Asks to slow down, four times (429)"],
  ["slow", "Takes its time (1.2 s a request)"],
  ["lost", "Stores the chunk, but loses three of ten answers"],
  ["expired", "The login expires, three times"],
  ["poison", "Refuses one datum that breaks no rule"]
];

/** Switches for what goes wrong; they hold from the next request on, also of an upload that runs. */
export const FaultForm = ({ isUploading }: { readonly isUploading: boolean }) => {
  const { worker } = useServices();
  const [on, setOn] = useState<ReadonlyArray<FaultName>>([]);
  const [trouble, setTrouble] = useState("");
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      setTrouble("");
    } catch (error) {
      setTrouble(String(error));
    }
  };
  const change = (name: FaultName, isOn: boolean): void => {
    const next = isOn ? [...on, name] : on.filter((other) => other !== name);
    setOn(next);
    void attempt(() => worker.ask((api) => api.setFaults(next)));
  };
  return (
    <fieldset className="faults">
      <legend>What goes wrong</legend>
      {switches.map(([name, text]) => (
        <label key={name} className="choice">
          <input type="checkbox" checked={on.includes(name)} onChange={({ target }) => change(name, target.checked)} />{" "}
          {text}
        </label>
      ))}
      <button
        type="button"
        aria-disabled={!isUploading}
        onClick={() => isUploading && void attempt(() => worker.ask((api) => api.deleteSession()))}
      >
        Delete the session while it is sent to
      </button>
      {trouble !== "" && <p role="alert">{trouble}</p>}
      <p className="note">Then send: the receipt counts the same as without.</p>
    </fieldset>
  );
};
