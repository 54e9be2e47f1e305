/** Milligrams per decilitre in a millimole per litre of glucose: the number that Tidepool's servers and apps use. */
export const mgdlPerMmolL = 18.01559;

/** A glucose value in mg/dL, not rounded; undefined where the value is no number or the units are not glucose units. */
export const toMgdl = (value: number, units: string): number | undefined => {
  if (!Number.isFinite(value)) return undefined;
  if (units === "mg/dL" || units === "mg/dl") return value;
  if (units === "mmol/L" || units === "mmol/l") return value * mgdlPerMmolL;
  return undefined;
};
