import type { Entry } from "../../entry.ts";
import { refusedFault } from "../../refused-fault.ts";

/** An exported record that was changed, or whose values were taken out, is a problem here; text written for upload is judged there. */
export const judgedEntry = (entry: Entry): Entry => {
  const fault = "datum" in entry ? refusedFault(entry.datum) : undefined;
  return fault ? { problem: { outcome: "rejected", ...fault }, at: entry.at } : entry;
};
