import type { Format } from "../format.ts";
import { carelink } from "./carelink/format.ts";
import { dexcomClarity } from "./dexcom-clarity/format.ts";
import { libreview } from "./libreview/format.ts";
import { nightscout } from "./nightscout/format.ts";
import { tidepool } from "./tidepool/format.ts";
import { unreadableFormats } from "./unreadable/unreadable-formats.ts";

/** Every format that is known. A new one is one more line here: the order does not matter. */
export const formats: ReadonlyArray<Format> = [
  tidepool,
  carelink,
  dexcomClarity,
  libreview,
  nightscout,
  ...unreadableFormats
];
