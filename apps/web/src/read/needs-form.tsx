import type { Need } from "@tideway/sources";
import { type FormEvent, useState } from "react";
import type { Shown } from "../app/app-state.ts";
import { FocusedHeading } from "../app/focused-heading.tsx";
import { nameOf } from "../format/selection.ts";
import type { Answers } from "../worker/messages.ts";
import { NeedExamples } from "./need-examples.tsx";
import { NeedQuestion } from "./need-question.tsx";
import { PartList } from "./part-list.tsx";

interface Props {
  readonly asked: Extract<Shown, { step: "asking" }>;
  readonly onAnswer: (files: ReadonlyArray<File>, answers: Answers) => void;
}

const questionOf: { readonly [K in Need["kind"]]: string } = {
  timezone: "Where was the device’s clock set?",
  units: "Which unit is the glucose in?",
  "date-order": "In which order are the dates written?"
};

/** Why each is asked, in the words of this page: sources' own sentences name options for programs. */
const reasonOf: { readonly [K in Need["kind"]]: string } = {
  timezone: "These times are as a clock showed them, and the file does not say where that was.",
  units: "The file does not say, or its values contradict what it says. A wrong unit makes every value another one.",
  "date-order": "Every date in the file can be read in more than one way."
};

const isAnswered = (need: Need, { timezone, units, dateOrder }: Answers): boolean => {
  if (need.kind === "timezone") return timezone !== undefined && timezone !== "";
  return need.kind === "units" ? units !== undefined : dateOrder !== undefined;
};

/** Asks what files do not say, one question for each kind of need. Nothing is chosen beforehand: a guess would be silent. */
export const NeedsForm = ({ asked, onAnswer }: Props) => {
  const { needs, selection } = asked;
  const [answers, setAnswers] = useState<Answers>(selection.answers);
  const [isMissing, setMissing] = useState(false);
  const kinds = [...new Map(needs.map((need) => [need.kind, need])).values()];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const isComplete = kinds.every((need) => isAnswered(need, answers));
    setMissing(!isComplete);
    if (isComplete) onAnswer(selection.files, answers);
  };
  return (
    <section className="card" aria-labelledby="needs">
      <FocusedHeading id="needs">{nameOf(selection)}: something has to be known first</FocusedHeading>
      <PartList parts={asked.parts} refused={asked.refused} />
      <form onSubmit={submit} className="needs">
        {kinds.map((need) => (
          <fieldset key={need.kind}>
            <legend>{questionOf[need.kind]}</legend>
            <p>{reasonOf[need.kind]}</p>
            <NeedExamples
              examples={needs.filter(({ kind }) => kind === need.kind).flatMap(({ examples }) => examples)}
            />
            <NeedQuestion need={need} answers={answers} onAnswers={setAnswers} />
          </fieldset>
        ))}
        {isMissing && (
          <p role="alert" className="alert">
            Please answer {kinds.length === 1 ? "the question" : "each question"}: nothing is guessed.
          </p>
        )}
        <button type="submit" className="main">
          Show the data
        </button>
      </form>
    </section>
  );
};
