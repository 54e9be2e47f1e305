import { FocusedHeading } from "../app/focused-heading.tsx";
import { formatCount } from "../format/number.ts";
import type { Outcome } from "../worker/upload-files.ts";
import { DifferenceList } from "./difference-list.tsx";
import { ReceiptCounts } from "./receipt-counts.tsx";
import { headingOf, stateOf, verificationSentence } from "./receipt-sentences.ts";
import { RejectionList } from "./rejection-list.tsx";

/** What an upload did, and what reading it back found. Takes the focus, so that it is not missed. */
export const ReceiptView = ({ outcome }: { readonly outcome: Outcome }) => {
  const { receipt, rejections } = outcome;
  return (
    <section className="card receipt" data-state={stateOf(outcome)} aria-labelledby="receipt">
      <FocusedHeading id="receipt">{headingOf(outcome)}</FocusedHeading>
      <p>{verificationSentence(outcome)}</p>
      <DifferenceList differences={outcome.verification?.differences ?? []} />
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
      <RejectionList rejections={rejections} others={receipt.sent + receipt.unchanged} />
    </section>
  );
};
