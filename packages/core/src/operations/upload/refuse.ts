import type { Entry } from "../../contract/entry.ts";
import type { Refused } from "../../prepare/prepared.ts";
import { placeOf, rejectionOf } from "../../prepare/rejection.ts";
import type { Reading } from "../../source/reading.ts";
import type { Reporter } from "./reporter.ts";

/** Tells of an entry that makes no item. */
export const refuse = (reporter: Reporter, reading: Reading, refused: Refused, entry: Entry, index: number): void => {
  const { refusal, ...known } = refused;
  reading.unidentified ||= refusal.outcome === "rejected";
  reporter.reject(rejectionOf(refusal, { index, at: placeOf(entry, index), ...known }));
};
