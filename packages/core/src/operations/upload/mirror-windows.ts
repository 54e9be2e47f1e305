import type { Mirror, MirrorWindow } from "../../contract/mirror-window.ts";
import type { DataQuery } from "../../contract/transport.ts";

/** The year 9999: what can be asked for. */
const farthest = 253_402_300_799_999;

/** Throws a RangeError where a window has no two ends. */
export const requireWindows = (windows: ReadonlyArray<MirrorWindow>): void => {
  for (const { from, to } of windows) {
    if (from <= to && Math.abs(from) <= farthest && Math.abs(to) <= farthest) continue;
    throw new RangeError("A window of a mirror goes from a moment to a later one, in milliseconds since 1970.");
  }
};

/** What a mirror is restricted to; undefined where it is not. Of a source that tells it, once that was read to its end. */
export const windowsOf = (mirror: Mirror): ReadonlyArray<MirrorWindow> | undefined => {
  if (typeof mirror === "boolean") return undefined;
  const windows = typeof mirror === "function" ? mirror() : mirror;
  requireWindows(windows);
  return windows;
};

/** Whether a mirror of a source that was read to its end could delete anything. */
export const mayDelete = (mirror: Mirror = false): boolean => mirror !== false && windowsOf(mirror)?.length !== 0;

/** The question that reads a window of a session back. */
export const windowQuery = (uploadId: string, { from, to, types }: MirrorWindow): DataQuery => ({
  uploadId,
  startDate: new Date(Math.ceil(from)).toISOString(),
  endDate: new Date(Math.floor(to)).toISOString(),
  ...(types === undefined ? {} : { type: types })
});
