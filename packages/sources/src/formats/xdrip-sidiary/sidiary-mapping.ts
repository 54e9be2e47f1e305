import type { Mapping } from "../../mapping/mapping.ts";

/** The columns of a SiDiary export, once its rows are plain: glucose is always in mg/dL, and numbers have a decimal point. */
export const sidiaryMapping: Mapping = {
  id: "xdrip-sidiary",
  time: { date: "DAY", time: "TIME" },
  decimal: ".",
  device: { model: "xDrip" },
  records: [
    { kind: "cbg", column: "UDT_CGMS", units: "mg/dL" },
    { kind: "calibration", column: "BG_LEVEL", units: "mg/dL", zeroIsBlank: true },
    { kind: "food", column: "CH_GR", zeroIsBlank: true },
    { kind: "bolus", column: "BOLUS", zeroIsBlank: true },
    { kind: "ignore", column: "REMARK", as: "note" }
  ]
};
