import type { Difference } from "@tideway/core";
import { formatCount, formatNumber } from "../format/number.ts";
import type { Outcome } from "../worker/upload-files.ts";

/** Whether a difference is a fault. What else the session holds came with other files, and is none. */
export const isFault = ({ found }: Difference): boolean => found !== "extra";

const faultsOf = ({ verification }: Outcome): number => verification?.differences.filter(isFault).length ?? 0;

/** How an upload went, for the colour of its receipt: `nothing` is neither good nor bad. */
export const stateOf = (outcome: Outcome): "arrived" | "nothing" | "fault" => {
  const { sent, unchanged, rejected } = outcome.receipt;
  if (faultsOf(outcome) > 0 || (sent + unchanged === 0 && rejected > 0)) return "fault";
  return sent + unchanged === 0 || outcome.verification === undefined ? "nothing" : "arrived";
};

/** The receipt in a few words. */
export const headingOf = (outcome: Outcome): string => {
  const { sent, unchanged, rejected } = outcome.receipt;
  if (faultsOf(outcome) > 0) return "Not everything arrived as it was sent";
  if (sent + unchanged === 0)
    return rejected === 0 ? "There was nothing to upload" : "Nothing arrived: every datum was refused";
  const refused = rejected === 0 ? "" : `, except for ${formatCount(rejected, "datum")}`;
  if (sent === 0) return `Nothing new: everything was already there${refused}`;
  if (outcome.verification === undefined) return `All is sent${refused}, and was not compared`;
  return rejected === 0 ? "Everything arrived" : `Arrived${refused}`;
};

/** The three figures of a receipt: what is in the sandbox now, what was refused, what differs. */
export const figuresOf = (outcome: Outcome): ReadonlyArray<readonly [name: string, count: number]> => {
  const { sent, unchanged, rejected } = outcome.receipt;
  return [
    ["in the sandbox", sent + unchanged],
    ["refused", rejected],
    ...(outcome.verification === undefined ? [] : [["differ", faultsOf(outcome)] as const])
  ];
};

/** What reading back found. */
export const verificationSentence = (outcome: Outcome): string => {
  const { receipt, verification, unchecked } = outcome;
  if (unchecked !== undefined)
    return `Everything was sent and acknowledged. Reading it back ended early: ${unchecked}. Send the same again to have it compared: nothing is doubled.`;
  if (verification === undefined) return "There is nothing to read back.";
  const { expected, differences } = verification;
  const faults = faultsOf(outcome);
  const others = differences.length - faults;
  if (expected === 0) return "There is nothing to read back.";
  if (faults > 0)
    return `Read back and compared: ${formatCount(faults, "record")} of ${formatNumber(expected)} ${faults === 1 ? "differs" : "differ"} from what was sent.`;
  const isSplit = expected > receipt.sent + receipt.unchanged;
  return (
    (expected === 1
      ? "Read back and compared: the one record is as it was sent."
      : `Read back and compared: all ${formatNumber(expected)} records are as they were sent.`) +
    (isSplit ? " A datum with another one inside, such as a calculation with its bolus, is stored as two." : "") +
    (others > 0 ? ` The session holds ${formatNumber(others)} more, from files uploaded before.` : "")
  );
};
