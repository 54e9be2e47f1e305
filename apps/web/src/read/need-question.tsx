import type { DateOrder, Need } from "@tideway/sources";
import { type ReactNode, useId, useState } from "react";
import { formatWrittenDate } from "../format/written-date.ts";
import type { Answers } from "../worker/messages.ts";
import { UnitPicture } from "./unit-picture.tsx";
import { ZonePicture } from "./zone-picture.tsx";

interface Props {
  readonly need: Need;
  readonly answers: Answers;
  readonly onAnswers: (answers: Answers) => void;
}

interface Choice<V extends string> {
  readonly value: V;
  readonly name: string;
  /** What it means, drawn. Default: the name says it. */
  readonly picture?: ReactNode;
}

interface ChoicesProps<V extends string> {
  readonly choices: ReadonlyArray<Choice<V>>;
  readonly value: V | undefined;
  readonly onValue: (value: V) => void;
}

const Choices = <V extends string>({ choices, value, onValue }: ChoicesProps<V>) => {
  const group = useId();
  return choices.map((choice) => (
    <label key={choice.value} className="choice">
      <input type="radio" name={group} checked={choice.value === value} onChange={() => onValue(choice.value)} />{" "}
      <span>
        {choice.name}
        {choice.picture}
      </span>
    </label>
  ));
};

const orderNames: { readonly [O in DateOrder]: string } = {
  dmy: "day, month, year",
  mdy: "month, day, year",
  ymd: "year, month, day"
};

const orderChoices = ({
  choices,
  examples
}: Extract<Need, { kind: "date-order" }>): ReadonlyArray<Choice<DateOrder>> => {
  const text = examples.find((example) => example.text !== undefined)?.text;
  return choices.map((value) => {
    const read = text === undefined ? undefined : formatWrittenDate(text, value);
    return { value, name: `${orderNames[value]}${read === undefined ? "" : `: ${text} is ${read}`}` };
  });
};

const zones = Intl.supportedValuesOf("timeZone");

const ZoneField = ({ zone, onZone }: { readonly zone: string; readonly onZone: (zone: string) => void }) => {
  const id = useId();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [now] = useState(() => Date.now());
  return (
    <>
      <p className="answer">
        <label htmlFor={id}>Time zone</label>
        <input
          id={id}
          list={`${id}zones`}
          autoComplete="off"
          spellCheck={false}
          placeholder="Europe/Berlin"
          value={zone}
          onChange={({ target }) => onZone(target.value.trim())}
        />
        <datalist id={`${id}zones`}>
          {zones.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <button type="button" onClick={() => onZone(here)}>
          Use that of this browser: {here}
        </button>
      </p>
      <ZonePicture zone={zone} now={now} />
    </>
  );
};

/** The answers that one kind of question can have. */
export const NeedQuestion = ({ need, answers, onAnswers }: Props) => {
  switch (need.kind) {
    case "timezone":
      return <ZoneField zone={answers.timezone ?? ""} onZone={(timezone) => onAnswers({ ...answers, timezone })} />;
    case "units":
      return (
        <Choices
          choices={[
            { value: "mg/dL", name: "mg/dL: in range is 70 to 180", picture: <UnitPicture unit="mg/dL" /> },
            { value: "mmol/L", name: "mmol/L: in range is 3.9 to 10.0", picture: <UnitPicture unit="mmol/L" /> }
          ]}
          value={answers.units}
          onValue={(units) => onAnswers({ ...answers, units })}
        />
      );
    case "date-order":
      return (
        <Choices
          choices={orderChoices(need)}
          value={answers.dateOrder}
          onValue={(dateOrder) => onAnswers({ ...answers, dateOrder })}
        />
      );
  }
};
