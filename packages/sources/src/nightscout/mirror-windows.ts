import type { HeldWindow } from "./held-window.ts";

/** A stretch of time in which a site still holds everything that datums of these types are made of. */
export interface SiteWindow extends HeldWindow {
  readonly types: ReadonlyArray<string>;
}

/** What a site still holds of its collections. */
export interface HeldWindows {
  readonly entries: HeldWindow | undefined;
  readonly treatments: HeldWindow | undefined;
  /** From the first basal that was read on: which scheduled ones there should be before it, nobody knows. */
  readonly basals: HeldWindow | undefined;
}

/** Settings are made of profiles, which sites keep: they are in no window. */
const fromEntries: ReadonlyArray<string> = ["cbg"];
const fromTreatments: ReadonlyArray<string> = ["bolus", "wizard", "food", "insulin", "physicalActivity"];
const fromBoth: ReadonlyArray<string> = ["deviceEvent", "smbg"];

/** Where a mirror of a site may delete: datums that come from entries as well as from treatments only where both are held. */
export const mirrorWindows = ({ entries, treatments, basals }: HeldWindows): ReadonlyArray<SiteWindow> => {
  const windows: Array<SiteWindow> = [];
  if (entries) windows.push({ ...entries, types: fromEntries });
  if (treatments) windows.push({ ...treatments, types: fromTreatments });
  if (basals) windows.push({ ...basals, types: ["basal"] });
  if (entries && treatments) {
    const from = Math.max(entries.from, treatments.from);
    const to = Math.min(entries.to, treatments.to);
    if (from <= to) windows.push({ from, to, types: fromBoth });
  }
  return windows;
};
