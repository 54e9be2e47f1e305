import type { Format, Verdict } from "../format.ts";
import type { FileStart } from "./file-start.ts";

/** A format that a file may be of. */
export interface Candidate {
  readonly format: Format;
  readonly verdict: Verdict;
}

/** The formats that claim a file, without those that are less certain than another. */
export const candidatesOf = (start: FileStart, formats: ReadonlyArray<Format>): ReadonlyArray<Candidate> => {
  const all = formats.flatMap((format) => {
    const verdict = format.detect(start);
    return verdict === undefined ? [] : [{ format, verdict }];
  });
  const certain = all.filter(({ verdict }) => verdict.certainty === "certain");
  return certain.length > 0 ? certain : all;
};
