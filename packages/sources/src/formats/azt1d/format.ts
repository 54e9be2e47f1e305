import { mappedFormat } from "../../mapping/mapped-format.ts";
import type { Mapping } from "../../mapping/mapping.ts";

const glucose = ["CGM", "Readings (CGM / BGM)"] as const;
const insulin = "TotalBolusInsulinDelivered";

/**
 * A subject of AZT1D (Khamesian et al. 2025, doi 10.17632/gk9m674wcx.1): Dexcom G6 and Tandem Control-IQ, one row every five
 * minutes, 0 for what was not there. The columns stand in one of two orders. Extended boluses have no duration, and basal rates
 * no end: both are counted only.
 */
const mapping: Mapping = {
  id: "azt1d",
  time: "EventDateTime",
  device: { model: "AZT1D" },
  records: [
    { kind: "cbg", column: glucose, units: "mg/dL", range: { low: 40, high: 400 } },
    { kind: "bolus", column: insulin, where: { BolusType: "Standard*" }, zeroIsBlank: true },
    { kind: "bolus", column: insulin, where: { BolusType: "Automatic*" }, automated: true, zeroIsBlank: true },
    {
      kind: "ignore",
      column: insulin,
      where: { BolusType: ["Extended*", ""] },
      zeroIsBlank: true,
      as: "bolus of another type"
    },
    { kind: "food", column: "CarbSize", zeroIsBlank: true },
    { kind: "ignore", column: "Basal", as: "basal rate without its end", optional: true }
  ]
};

/** A file of the research data set AZT1D. */
export const azt1d = mappedFormat({
  name: "AZT1D research CSV",
  mapping,
  headings: ["EventDateTime", insulin, "CarbSize", glucose]
});
