import { clockText } from "../../records/record-key.ts";
import type { WallTime } from "../../time/zone-clock.ts";
import type { GlookoKind } from "./glooko-kinds.ts";

/** What tells a record apart: the device, the minute on its clock, and what kind of file has it. Seconds are lost when files are saved again. */
export const glookoKey = (serial: string, wall: WallTime, kind: GlookoKind): ReadonlyArray<string> =>
  [serial, clockText(wall).slice(0, 16), kind].filter((part) => part !== "");
