import { type GlucoseSeries, type GlucoseUnit, seriesOf } from "@tideway/charts";
import { type Counts, createClient } from "@tideway/core";
import { mgdlOf } from "@tideway/metrics";
import { openSource } from "@tideway/sources";
import type { Answers, Selection } from "../worker/messages.ts";
import { thisApp } from "../worker/this-app.ts";
import { findingsOf } from "./findings.ts";
import { localDaysOf } from "./local-days.ts";
import { type Clock, localTimeBy, offsetChanges } from "./local-time.ts";
import { type Opened, partsOf } from "./opened.ts";
import { PreviewRecords } from "./preview-records.ts";
import { previewTransport } from "./preview-transport.ts";
import type { Preview } from "./preview.ts";
import { ProblemsByReason } from "./problems.ts";
import { StoredRecords } from "./stored-records.ts";

const clockOf = (records: StoredRecords, { timezone }: Answers): Clock => {
  if (timezone !== undefined) return { by: "zone", zone: timezone, toldBy: "person" };
  const told: Array<{ readonly time: number; readonly offset: number }> = [];
  const zones = new Map<string, number>();
  for (const [row, time] of records.times.entries()) {
    const zone = records.zones[row];
    if (zone !== undefined) zones.set(zone, (zones.get(zone) ?? 0) + 1);
    const offset = records.kinds[row] === "cbg" ? records.glucoseAt(row)?.timezoneOffset : undefined;
    if (offset !== undefined) told.push({ time, offset });
  }
  if (told.length > 0) return { by: "offsets", changes: offsetChanges(told.sort((a, b) => a.time - b.time)) };
  const [zone] = [...zones].sort(([, a], [, b]) => b - a)[0] ?? [];
  return zone === undefined ? { by: "nothing" } : { by: "zone", zone, toldBy: "files" };
};

const kindsOf = ({ kinds }: StoredRecords): Preview["kinds"] => {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
};

/** The readings of sensors from one moment to another (both included) that have a value, and the unit that most glucose is in. */
const glucoseOf = (
  records: StoredRecords,
  first: number,
  last: number
): { readonly glucose: GlucoseSeries; readonly unit: GlucoseUnit } => {
  const times: Array<number> = [];
  const mgdls: Array<number> = [];
  let [all, inMgdl, isInOrder] = [0, 0, true];
  for (const [row, time] of records.times.entries()) {
    const glucose = records.glucoseAt(row);
    if (glucose === undefined) continue;
    all++;
    if (glucose.units.startsWith("mg")) inMgdl++;
    const mgdl = mgdlOf(glucose.value, glucose.units);
    if (glucose.type === "cbg" && mgdl !== undefined && time >= first && time <= last) {
      isInOrder &&= time >= (times.at(-1) ?? -Infinity);
      times.push(time);
      mgdls.push(mgdl);
    }
  }
  // Most files are in order: then a hundred thousand readings need not become objects to be sorted.
  const glucose = isInOrder
    ? { times: Float64Array.from(times), mgdl: Float64Array.from(mgdls) }
    : seriesOf(times.map((time, index) => ({ time, mgdl: mgdls[index] ?? 0 })));
  return { glucose, unit: inMgdl * 2 > all ? "mg/dL" : "mmol/L" };
};

/** What the page shows of records that are going to be stored. */
const pictureOf = (records: StoredRecords, { answers, now }: Selection) => {
  const clock = clockOf(records, answers);
  const local = localTimeBy(clock);
  const own = new PreviewRecords(records, { now, local });
  const view = own.view({ period: undefined, targets: "standard" });
  const { first = Infinity, last = -Infinity } = view.summary;
  const picture = {
    ...view,
    kinds: kindsOf(records),
    findings: findingsOf(records, view.summary, { now, local }),
    ...glucoseOf(records, first, last),
    events: own.events(),
    clock,
    ...localDaysOf(records.times, local)
  };
  return { own, picture };
};

/** How to preview. */
export interface PreviewOptions {
  readonly signal?: AbortSignal;
  /** Told now and then how much was read. Default: nobody is told. */
  readonly onProgress?: (counts: Counts) => void;
}

/** What opening files came to, and what the worker keeps of it to answer questions about it. */
export type OpenedPreview =
  | Extract<Opened, { status: "asking" }>
  | (Extract<Opened, { status: "ready" }> & { readonly records: PreviewRecords });

/**
 * Opens files and says what has to be asked; or else what the engine would send of them, and what it would refuse, without
 * sending anything. Rejects with sources' `UnreadableInput` where no file can be read, and with `InvalidOption`.
 */
export const previewSource = async (
  selection: Selection,
  { signal, onProgress }: PreviewOptions = {}
): Promise<OpenedPreview> => {
  const { files, answers, now } = selection;
  const source = await openSource(files, { ...answers, now });
  if (source.needs.length > 0) return { status: "asking", ...partsOf(source), needs: source.needs };
  const stored = new StoredRecords();
  const problems = new ProblemsByReason();
  const refusedFiles = new Set(source.refused.map(({ file }) => file));
  const client = createClient({
    transport: previewTransport(thisApp.name, (body) => stored.addChunk(body)),
    userId: "preview",
    app: thisApp
  });
  const { read, sent, unchanged, rejected, skipped } = await client.upload(() => source, {
    ...(signal && { signal }),
    onProgress: (event) => (event.type === "chunk" || event.type === "unchanged") && onProgress?.(event.counts),
    // A file that is refused as a whole is told as a file.
    onRejected: (rejection) => !refusedFiles.has(rejection.at) && problems.add(rejection),
    keepRejections: 0
  });
  const { own, picture } = pictureOf(stored, selection);
  const preview: Preview = {
    ...partsOf(source),
    counts: { read, sent, unchanged, rejected, skipped },
    problems: problems.list,
    ...picture
  };
  return { status: "ready", preview, records: own };
};
