import type { Receipt } from "@tideway/core";
import { counted, number } from "./in-words.ts";

/** How far an upload had come. */
export type SoFar = Pick<Receipt, "sent" | "unchanged" | "inDoubt" | "notSent">;

/**
 * What is certain of an upload that did not end, what is not, and how to go on. A request whose answer nobody waited for may
 * have been carried out.
 */
export const stoppedSentence = ({ sent, unchanged, inDoubt, notSent }: SoFar): string => {
  const isSafe = sent + unchanged > 0;
  const sentences: Array<string> = [];
  if (isSafe) {
    sentences.push(`${counted(sent, "datum")} sent now and ${number(unchanged)} already there are safe in Tidepool.`);
  }
  if (inDoubt > 0) {
    const others = isSafe ? `${number(inDoubt)} more` : counted(inDoubt, "datum");
    sentences.push(`${others} may be in Tidepool or not: no answer for them came.`);
  }
  if (sentences.length === 0) return "nothing was sent.";
  if (notSent > 0) sentences.push(`${number(notSent)} that were read have not been sent.`);
  return [...sentences, "Run the same command again to go on."].join(" ");
};
