/** Why a row is no record: for a problem, once the place is known. */
export interface RowFault {
  /** A stable word for programs. */
  readonly code: string;
  /** The rule that is broken and what to do; no value of the row. */
  readonly message: string;
  readonly column?: string;
}

/** What is wrong with rows of a table that have another shape than the rest. */
export const shapeFaults = {
  "too-long": {
    code: "too-long",
    message: "The row is longer than any record is: a line break is missing, or the file is damaged."
  },
  quotes: {
    code: "bad-quotes",
    message: "A quotation mark is not closed, or followed by text: the row was changed or damaged."
  },
  damaged: {
    code: "undecodable",
    message:
      "The row holds bytes that are no text in the file's encoding. If all of the file is in another one, say which, with the option encoding."
  },
  "too-short": { code: "too-few-cells", message: "The row has fewer cells than the headings: it was cut short." },
  "too-wide": {
    code: "too-many-cells",
    message: "The row has more cells than the headings: a separator too many would put values under wrong headings."
  }
} as const satisfies Readonly<Record<string, RowFault>>;
