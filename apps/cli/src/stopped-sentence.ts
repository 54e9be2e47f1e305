import type { Counts } from "@tideway/core";
import { counted, number } from "./in-words.ts";

/** How far an upload had come. */
export interface SoFar {
  /** `read`: all that was taken from the input, whatever became of it. */
  readonly counts: Counts;
  /** Whether there was a session to send anything into. */
  readonly inSession: boolean;
}

/**
 * What is certain of an upload that did not end, what is not, and how to go on. A request whose answer nobody waited for may
 * have been carried out.
 */
export const stoppedSentence = ({ counts, inSession }: SoFar): string => {
  const { read, sent, unchanged, rejected, skipped } = counts;
  const underWay = inSession ? Math.max(0, read - sent - unchanged - rejected - skipped) : 0;
  const sentences: Array<string> = [];
  if (sent + unchanged > 0) {
    sentences.push(`${counted(sent, "datum")} sent now and ${number(unchanged)} already there are safe in Tidepool.`);
  }
  if (underWay > 0) {
    const others = sent + unchanged > 0 ? `${number(underWay)} more` : counted(underWay, "datum");
    sentences.push(`${others} may be in Tidepool or not: no answer for them came.`);
  }
  if (sentences.length === 0) return "nothing was sent.";
  return [...sentences, "Run the same command again to go on."].join(" ");
};
