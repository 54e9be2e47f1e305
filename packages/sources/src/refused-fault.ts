import { check } from "@tideway/schemas";
import type { RowFault } from "./row-fault.ts";

/** Why Tidepool would refuse a datum, by member and rule; `undefined` where it takes it. */
export const refusedFault = (datum: unknown): RowFault | undefined => {
  const verdict = check(datum);
  if (verdict.ok) return undefined;
  const rules = verdict.issues.map(({ pointer, code }) => `${pointer} ${code}`).join(", ");
  return { code: "not-accepted", message: `Tidepool would refuse it: ${rules}.` };
};
