import { useState } from "react";
import { FocusedHeading } from "../app/focused-heading.tsx";
import { formatCount, formatNumber } from "../format/number.ts";
import type { Outcome } from "../worker/upload-files.ts";
import { DifferenceList } from "./difference-list.tsx";
import { ReceiptCounts } from "./receipt-counts.tsx";
import { figuresOf, headingOf, stateOf, verificationSentence } from "./receipt-sentences.ts";
import { RejectionList } from "./rejection-list.tsx";

interface Props {
  readonly outcome: Outcome;
  /** How many datums of it were deleted again. */
  readonly undone: number | undefined;
  readonly onUndo: () => void;
  readonly onFiles: (files: ReadonlyArray<File>) => void;
}

/** What an upload did, and what reading it back found, in three figures first. Takes the focus, so that it is not missed. */
export const ReceiptView = ({ outcome, undone, onUndo, onFiles }: Props) => {
  const { receipt, rejections } = outcome;
  return (
    <section className="card receipt" data-state={stateOf(outcome)} aria-labelledby="receipt">
      <FocusedHeading id="receipt">{headingOf(outcome)}</FocusedHeading>
      <p className="figures">
        {figuresOf(outcome).map(([name, count]) => (
          <span key={name}>
            <strong>{formatNumber(count)}</strong> {name}
          </span>
        ))}
      </p>
      <p>{verificationSentence(outcome)}</p>
      <DifferenceList differences={outcome.verification?.differences ?? []} />
      <div className="receipt-actions">
        <button type="button" onClick={() => print()}>
          Print
        </button>
        {receipt.sent > 0 && <Undo sent={receipt.sent} undone={undone} onUndo={onUndo} />}
      </div>
      <RejectionList rejections={rejections} others={receipt.sent + receipt.unchanged} onFiles={onFiles} />
      <details className="receipt-detail">
        <summary>By kind, and which session</summary>
        <ReceiptCounts receipt={receipt} />
        <p className="note">
          {receipt.sessionId !== "" && (
            <>
              Session <code>{receipt.sessionId}</code>,{" "}
              {receipt.sessionOpened ? "opened by this upload" : "found, as it was open"}.{" "}
            </>
          )}
          {formatCount(receipt.chunks, "chunk")}, {(receipt.elapsed / 1000).toFixed(1)} s.
        </p>
      </details>
    </section>
  );
};

const Undo = ({ sent, undone, onUndo }: Pick<Props, "undone" | "onUndo"> & { readonly sent: number }) => {
  const [isAsked, setAsked] = useState(false);
  if (undone !== undefined) return <p role="status">Deleted again: {formatCount(undone, "record")} of this upload.</p>;
  if (!isAsked) {
    return (
      <button type="button" onClick={() => setAsked(true)}>
        Undo this upload
      </button>
    );
  }
  return (
    <>
      <button type="button" onClick={onUndo}>
        Yes, delete the {formatCount(sent, "datum")} that it sent
      </button>
      <button type="button" onClick={() => setAsked(false)}>
        Keep them
      </button>
    </>
  );
};
