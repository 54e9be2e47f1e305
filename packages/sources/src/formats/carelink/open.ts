import type { OpenFiles } from "../../format.ts";
import type { RecordItem, RowPlace } from "../../records/device-record.ts";
import { openRecords } from "../../records/open-records.ts";
import { assembleBasals } from "./assemble-basals.ts";
import { assembleBoluses, type PlacedBolus } from "./assemble-boluses.ts";
import { carelinkFile } from "./carelink-file.ts";
import { medtronicSensor } from "./carelink-row.ts";
import type { PumpEvent } from "./pump-event.ts";

type Placed = RowPlace & { readonly held: PumpEvent };

/** Puts together what pumps tell in several rows: rows are newest first, or in any order. */
const assemble = function* (held: ReadonlyArray<Placed>): Generator<RecordItem> {
  const seen = new Set<string>();
  const unique: Array<readonly [text: string, placed: Placed]> = [];
  for (const placed of held) {
    const text = JSON.stringify(placed.held);
    if (seen.has(text)) yield { file: placed.file, row: placed.row, copy: true };
    else {
      seen.add(text);
      unique.push([text, placed]);
    }
  }
  // Of rows of one second, the order is that of what they say: the same in every file.
  unique.sort(([one, first], [other, second]) => first.held.wall - second.held.wall || (one < other ? -1 : 1));
  const sorted = unique.map(([, placed]) => placed);
  const isOfBolus = (placed: Placed): placed is PlacedBolus =>
    placed.held.kind === "bolus" || placed.held.kind === "wizard";
  yield* assembleBoluses(sorted.filter(isOfBolus));
  yield* assembleBasals(sorted);
};

/** Reads exports of CareLink as one: large ones come in several files, whose sections belong together. */
export const openCarelink: OpenFiles = async (files, options, notes) => {
  const opened = await Promise.all(files.map((file) => carelinkFile(file, options)));
  return openRecords(
    { source: "carelink", timeColumn: "Date", files: opened, assemble, clampedAt: medtronicSensor },
    options,
    notes
  );
};
