import type { Format } from "../format.ts";
import { accuChek } from "./accu-chek/format.ts";
import { appleHealth } from "./apple-health/format.ts";
import { azt1d } from "./azt1d/format.ts";
import { carelink } from "./carelink/format.ts";
import { contour } from "./contour/format.ts";
import { dexcomClarity } from "./dexcom-clarity/format.ts";
import { glooko } from "./glooko/format.ts";
import { healthConnect } from "./health-connect/format.ts";
import { iglu } from "./iglu/format.ts";
import { libreview } from "./libreview/format.ts";
import { mysugr } from "./mysugr/format.ts";
import { nightscout } from "./nightscout/format.ts";
import { tandem } from "./tandem/format.ts";
import { tidepoolExcel } from "./tidepool-excel/format.ts";
import { tidepool } from "./tidepool/format.ts";
import { unreadableFormats } from "./unreadable/unreadable-formats.ts";
import { xdripSidiary } from "./xdrip-sidiary/format.ts";

/** Every format that is known. A new one is one more line here: the order does not matter. */
export const formats: ReadonlyArray<Format> = [
  tidepool,
  appleHealth,
  tidepoolExcel,
  carelink,
  dexcomClarity,
  glooko,
  libreview,
  nightscout,
  tandem,
  mysugr,
  contour,
  accuChek,
  azt1d,
  healthConnect,
  iglu,
  xdripSidiary,
  ...unreadableFormats
];
