import { formatCount } from "../format/number.ts";
import { nameOf } from "../format/selection.ts";
import { settled } from "../send/settled.ts";
import type { AppState } from "./app-state.ts";

/** In tenths, so that a long upload is not told with every chunk. */
const tenths = (done: number, total: number): number => (total === 0 ? 0 : Math.floor((10 * done) / total) * 10);

const textOf = ({ shown, reading }: AppState): string => {
  if (reading) return `Reading ${nameOf(reading.selection)}.`;
  switch (shown.step) {
    case "preview":
      return `${nameOf(shown.selection)} is read: ${formatCount(shown.preview.counts.read, "datum")}. Nothing is uploaded yet.`;
    case "uploading":
      return `${tenths(settled(shown.counts), shown.preview.counts.read)} % uploaded.`;
    case "checking":
      return "All is sent. Reading back and comparing.";
    case "choose":
    case "asking":
    case "done":
      return "";
  }
};

/**
 * What happens, told to those who cannot see it. Always there, since what is announced is a change; an error and the
 * receipt speak for themselves (an alert, the focus).
 */
export const Announcement = ({ state }: { readonly state: AppState }) => (
  <p role="status" className="unseen">
    {textOf(state)}
  </p>
);
