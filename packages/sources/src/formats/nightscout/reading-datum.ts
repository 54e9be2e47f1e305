import { beyondRange, type Glucose, outOfRangeWord } from "../../values/glucose.ts";
import { type Fields, numberIn } from "./document.ts";

/** What an entry is, before it has a time: its value is in mg/dL, whatever the site shows. */
export type Reading =
  | { readonly kind: "sgv" | "mbg" | "calibration"; readonly value: number; readonly members: Members }
  | { readonly notMapped: string }
  | { readonly fault: string };

type Members = Readonly<Record<string, unknown>>;

const trends: Readonly<Record<string, string>> = {
  Flat: "constant",
  FortyFiveUp: "slowRise",
  SingleUp: "moderateRise",
  DoubleUp: "rapidRise",
  TripleUp: "rapidRise",
  FortyFiveDown: "slowFall",
  SingleDown: "moderateFall",
  DoubleDown: "rapidFall",
  TripleDown: "rapidFall"
};
/** Dexcom's numbers, which apps write where they have no words. */
const trendByNumber = ["", "DoubleUp", "SingleUp", "FortyFiveUp", "Flat", "FortyFiveDown", "SingleDown", "DoubleDown"];

/** Directions without a meaning for Tidepool ("NONE", "NOT COMPUTABLE", "RATE OUT OF RANGE") are none. */
const trendOf = ({ direction, trend }: Fields): Members => {
  const word = typeof direction === "string" ? direction.replaceAll(/\s/gu, "") : undefined;
  const name = word === undefined || word === "" ? trendByNumber[numberIn(trend) ?? 0] : word;
  const found = name !== undefined && Object.hasOwn(trends, name) ? trends[name] : undefined;
  return found === undefined ? {} : { trend: found };
};

const rateOf = ({ trendRate }: Fields): Members =>
  typeof trendRate === "number" && Math.abs(trendRate) <= 100 ? { trendRate, trendRateUnits: "mg/dL/minute" } : {};

/** Below it, sensors give no glucose: what stands there is the code of an error. */
const least = 39;
const dexcom = { low: 40, high: 400 };
const libre = { low: 40, high: 500 };

/** Dexcom's sensors say 39 and 401 for beyond their range, some apps 400; those of Abbott measure up to 500. */
const edgeOf = (value: number, device: string | undefined): Members => {
  const range = device !== undefined && /libre|abbott/iu.test(device) ? libre : dexcom;
  const side = value <= least ? "low" : value === range.high || value === range.high + 1 ? "high" : undefined;
  if (side === undefined) return {};
  return { annotations: [{ code: "bg/out-of-range", value: side, threshold: range[side] }] };
};

const sensorReading = (fields: Fields, device: string | undefined): Reading => {
  const { sgv } = fields;
  const side = typeof sgv === "string" ? outOfRangeWord(sgv) : undefined;
  const trend = { ...trendOf(fields), ...rateOf(fields) };
  if (side !== undefined) {
    const { value, annotations }: Glucose = beyondRange(side, dexcom, "mg/dL");
    return { kind: "sgv", value, members: { ...trend, annotations } };
  }
  const value = numberIn(sgv);
  if (value === undefined) return { notMapped: "entry without a value" };
  if (value < 0 || value > 1000) return { fault: "The glucose of an entry is 0 to 1000 mg/dL." };
  // Codes are whole numbers: a fraction so low is a reading in the wrong units, and must not go unseen.
  if (value < 13 && !Number.isInteger(value)) {
    return { fault: "The glucose of an entry is in mg/dL, and this one seems to be in mmol/L." };
  }
  if (value < 13) return { notMapped: "error code of a sensor" };
  if (value < least) return { notMapped: "reading below 39 mg/dL, which sensors do not give" };
  return { kind: "sgv", value, members: { ...trend, ...edgeOf(value, device) } };
};

const isSensorApp = (device: string | undefined): boolean =>
  device !== undefined && /xdrip|dexcom|spike|libre|share|diabox|glimp|juggluco|loop|trio|iaps/iu.test(device);

/** An entry as what was measured: a sensor's reading, a meter's, or one that a sensor was calibrated with. */
export const readingOf = (fields: Fields, device: string | undefined): Reading => {
  const type = fields["type"] ?? (fields["sgv"] === undefined ? "mbg" : "sgv");
  if (type === "sgv" && fields["isCalibration"] !== true) return sensorReading(fields, device);
  if (type !== "mbg" && type !== "sgv") return { notMapped: type === "cal" ? "slope of a calibration" : "other entry" };
  const value = numberIn(type === "mbg" ? (fields["mbg"] ?? fields["sgv"]) : fields["sgv"]);
  if (value === undefined) return { notMapped: "entry without a value" };
  if (!(value >= 10 && value <= 1000)) return { fault: "The glucose of a meter is 10 to 1000 mg/dL." };
  return { kind: type === "sgv" || isSensorApp(device) ? "calibration" : "mbg", value, members: {} };
};

/** The members of a reading's datum that say what was measured. */
export const readingMembers = (reading: Extract<Reading, { value: number }>): Members => {
  const { kind, value, members } = reading;
  const glucose = { units: "mg/dL", value };
  if (kind === "sgv") return { type: "cbg", ...glucose, ...members };
  return kind === "mbg" ? { type: "smbg", ...glucose } : { type: "deviceEvent", subType: "calibration", ...glucose };
};
