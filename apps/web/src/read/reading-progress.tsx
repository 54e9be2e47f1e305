import { formatCount } from "../format/number.ts";
import { nameOf } from "../format/selection.ts";
import type { Selection } from "../worker/messages.ts";

/** That files are being read, and how far. */
export const ReadingProgress = ({ selection, count }: { readonly selection: Selection; readonly count: number }) => (
  <p>
    Reading {nameOf(selection)}… {count > 0 && formatCount(count, "datum")}
  </p>
);
