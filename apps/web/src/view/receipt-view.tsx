import { useEffect, useRef } from "react";
import { sayCount, sayNumber } from "../say/number.ts";
import type { Outcome } from "../upload/upload-file.ts";
import { ReceiptCounts } from "./receipt-counts.tsx";
import { RejectionList } from "./rejection-list.tsx";

const headingOf = ({ receipt }: Outcome): string => {
  if (receipt.sent === 0 && receipt.unchanged > 0) return "Nothing new: everything was already there";
  return receipt.rejected === 0 ? "Everything arrived" : `Arrived, except for ${sayCount(receipt.rejected, "datum")}`;
};

const checkOf = ({ receipt, verification: { expected, differences } }: Outcome): string => {
  if (differences.length > 0) {
    return `Read back and compared: ${sayCount(differences.length, "record")} of ${sayNumber(expected)} differ from what was sent.`;
  }
  const split = expected > receipt.sent + receipt.unchanged;
  return (
    `Read back and compared: all ${sayCount(expected, "record")} are as they were sent.` +
    (split ? " A datum with another one inside, such as a calculation with its bolus, is stored as two." : "")
  );
};

/** What an upload did, and what reading it back found. Takes the focus, so that it is not missed. */
export const ReceiptView = ({ outcome }: { readonly outcome: Outcome }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [outcome]);
  const { receipt, rejections } = outcome;
  return (
    <section className="card receipt" aria-labelledby="receipt">
      <h2 id="receipt" ref={heading} tabIndex={-1}>
        {headingOf(outcome)}
      </h2>
      <p>{checkOf(outcome)}</p>
      <ReceiptCounts receipt={receipt} />
      <p className="note">
        Session <code>{receipt.sessionId}</code>,{" "}
        {receipt.sessionOpened ? "opened by this upload" : "found, as it was open"}. {sayCount(receipt.chunks, "chunk")}
        , {(receipt.elapsed / 1000).toFixed(1)} s.
      </p>
      <RejectionList rejections={rejections} />
    </section>
  );
};
