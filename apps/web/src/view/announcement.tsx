import type { DemoState } from "../demo-state.ts";
import { sayCount } from "../say/number.ts";
import { settled } from "../upload/settled.ts";

/** In tenths, so that a long upload is not told with every chunk. */
const tenths = (done: number, total: number): number => (total === 0 ? 0 : Math.floor((10 * done) / total) * 10);

const textOf = (state: DemoState): string => {
  switch (state.step) {
    case "reading":
      return `Reading ${state.name}.`;
    case "preview":
      return `${state.preview.file.name} is read: ${sayCount(state.preview.total, "datum")}. Nothing is uploaded yet.`;
    case "uploading":
      return `${tenths(settled(state.counts), state.preview.total)} % uploaded.`;
    case "checking":
      return "All is sent. Reading back and comparing.";
    case "choose":
    case "done":
      return "";
  }
};

/**
 * What happens, told to those who cannot see it. Always there, since what is announced is a change; an error and the
 * receipt speak for themselves (an alert, the focus).
 */
export const Announcement = ({ state }: { readonly state: DemoState }) => (
  <p role="status" className="unseen">
    {textOf(state)}
  </p>
);
