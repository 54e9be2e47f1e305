import { clockText } from "../../records/record-key.ts";
import type { WallTime } from "../../time/zone-clock.ts";
import type { TandemKind } from "./tandem-sections.ts";

/** What tells a record apart: the device, the second on its clock, and the kind of file. Not all rows of t:connect name the device. */
export const tandemKey = (serial: string, wall: WallTime, kind: TandemKind): ReadonlyArray<string> =>
  [serial, clockText(wall), kind].filter((part) => part !== "");
