import { nameOf } from "../format/selection.ts";
import type { Answers, Failure, Selection } from "../worker/messages.ts";
import { EncodingForm } from "./encoding-form.tsx";

interface Props {
  readonly selection: Selection;
  readonly failure: Failure;
  readonly onAnswer: (files: ReadonlyArray<File>, answers: Answers) => void;
}

/** Why files cannot be read, and what to do: where only their encoding is in doubt, it is asked for. */
export const UnreadableAlert = ({ selection, failure, onAnswer }: Props) => {
  const isEncoding = failure.code === "other-encoding" || failure.code === "no-such-encoding";
  return (
    <div className="alert">
      <p role="alert">
        <strong>
          {nameOf(selection)} cannot be read{isEncoding ? " yet" : ""}.
        </strong>{" "}
        {isEncoding ? "The text is not UTF-8, and nothing in it says what it is." : failure.message}
      </p>
      {isEncoding && (
        <EncodingForm
          hint={failure.message}
          onEncoding={(encoding) => onAnswer(selection.files, { ...selection.answers, encoding })}
        />
      )}
    </div>
  );
};
