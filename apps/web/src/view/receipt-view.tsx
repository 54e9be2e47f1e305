import { useEffect, useRef } from "react";
import { sayCount, sayNumber } from "../say/number.ts";
import type { Outcome } from "../upload/upload-file.ts";
import { ReceiptCounts } from "./receipt-counts.tsx";
import { RejectionList } from "./rejection-list.tsx";

/** What is not in the session as it was sent. What else the session holds came with other files, and is no fault. */
const faultsOf = ({ verification }: Outcome): number =>
  verification.differences.filter(({ found }) => found !== "extra").length;

const headingOf = (outcome: Outcome): string => {
  const { sent, unchanged, rejected } = outcome.receipt;
  if (faultsOf(outcome) > 0) return "Not everything arrived as it was sent";
  if (sent + unchanged === 0)
    return rejected === 0 ? "There was nothing to upload" : "Nothing arrived: every datum was refused";
  const refused = rejected === 0 ? "" : `, except for ${sayCount(rejected, "datum")}`;
  if (sent === 0) return `Nothing new: everything was already there${refused}`;
  return rejected === 0 ? "Everything arrived" : `Arrived${refused}`;
};

const checkOf = (outcome: Outcome): string => {
  const { receipt, verification } = outcome;
  const { expected, differences } = verification;
  const faults = faultsOf(outcome);
  const others = differences.length - faults;
  if (expected === 0) return "There is nothing to read back.";
  if (faults > 0)
    return `Read back and compared: ${sayCount(faults, "record")} of ${sayNumber(expected)} ${faults === 1 ? "differs" : "differ"} from what was sent.`;
  const split = expected > receipt.sent + receipt.unchanged;
  return (
    (expected === 1
      ? "Read back and compared: the one record is as it was sent."
      : `Read back and compared: all ${sayNumber(expected)} records are as they were sent.`) +
    (split ? " A datum with another one inside, such as a calculation with its bolus, is stored as two." : "") +
    (others > 0 ? ` The session holds ${sayNumber(others)} more, from files uploaded before.` : "")
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
      <RejectionList rejections={rejections} others={receipt.sent + receipt.unchanged} />
    </section>
  );
};
