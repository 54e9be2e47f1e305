import { clockText } from "../../records/record-key.ts";
import type { WallTime } from "../../time/zone-clock.ts";

/** What tells a record of a device apart. */
export interface CarelinkIdentity {
  readonly serial: string;
  readonly wall: WallTime;
  /** What it is, where one type of datum has several kinds: `prime`. */
  readonly kind?: string;
  /** The pump's own number of a bolus. */
  readonly bolusNumber?: string;
  /** Of exports until 2015: CareLink's own number of a record. */
  readonly rawId?: string;
}

/**
 * The device's serial number, its clock and the kind of record; never the column `Index`, which counts the rows of a file. Old
 * exports number their records for good.
 */
export const carelinkKey = ({ serial, wall, kind, bolusNumber, rawId }: CarelinkIdentity): ReadonlyArray<string> => {
  const parts = rawId ? [serial, `raw-${rawId}`] : [serial, clockText(wall), bolusNumber ?? ""];
  return [...parts, kind ?? ""].filter((part) => part !== "");
};
