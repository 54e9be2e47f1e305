import { type Counts, createClient } from "@tideway/core";
import { createSummarizer, mgdlOf } from "@tideway/metrics";
import { openSource } from "@tideway/sources";
import type { Unit } from "../format/glucose.ts";
import type { Answers, Selection } from "../worker/messages.ts";
import { thisApp } from "../worker/this-app.ts";
import { findingsOf } from "./findings.ts";
import { localDaysOf } from "./local-days.ts";
import { type Clock, localTimeBy, offsetChanges } from "./local-time.ts";
import { type Opened, partsOf } from "./opened.ts";
import { previewTransport } from "./preview-transport.ts";
import type { Preview } from "./preview.ts";
import { ProblemsByReason } from "./problems.ts";
import { seriesOf } from "./series.ts";
import { type StoredRecord, StoredRecords } from "./stored-records.ts";

const clockOf = (records: ReadonlyArray<StoredRecord>, { timezone }: Answers): Clock => {
  const told = records.flatMap(({ time, glucose }) =>
    glucose?.type === "cbg" && glucose.timezoneOffset !== undefined ? [{ time, offset: glucose.timezoneOffset }] : []
  );
  if (timezone !== undefined) return { by: "zone", zone: timezone, toldBy: "person" };
  if (told.length > 0) return { by: "offsets", changes: offsetChanges(told.sort((a, b) => a.time - b.time)) };
  const zones = new Map<string, number>();
  for (const { zone } of records) if (zone !== undefined) zones.set(zone, (zones.get(zone) ?? 0) + 1);
  const [zone] = [...zones].sort(([, a], [, b]) => b - a)[0] ?? [];
  return zone === undefined ? { by: "nothing" } : { by: "zone", zone, toldBy: "files" };
};

const unitOf = (records: ReadonlyArray<StoredRecord>): Unit => {
  const readings = records.filter(({ glucose }) => glucose !== undefined);
  const inMgdl = readings.filter(({ glucose }) => glucose?.units.startsWith("mg")).length;
  return inMgdl * 2 > readings.length ? "mg/dL" : "mmol/L";
};

const kindsOf = (records: ReadonlyArray<StoredRecord>): Preview["kinds"] => {
  const kinds = new Map<string, number>();
  for (const { kind } of records) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return [...kinds].sort(([, a], [, b]) => b - a);
};

/** What the page shows of records that are going to be stored. */
const pictureOf = (records: ReadonlyArray<StoredRecord>, { answers, now }: Selection) => {
  const clock = clockOf(records, answers);
  const local = localTimeBy(clock);
  const summarizer = createSummarizer({ now, timeZone: local.offsetAt });
  const readings = records.flatMap(({ time, glucose }) => {
    if (glucose?.type !== "cbg") return [];
    summarizer.add(glucose);
    const mgdl = mgdlOf(glucose.value, glucose.units);
    return mgdl === undefined ? [] : [{ time, mgdl }];
  });
  const summary = summarizer.summary();
  const { first = Infinity, last = -Infinity } = summary;
  return {
    kinds: kindsOf(records),
    findings: findingsOf(records, summary, { now, local }),
    glucose: seriesOf(readings.filter(({ time }) => time >= first && time <= last)),
    summary,
    daily: summarizer.periods(),
    unit: unitOf(records),
    clock,
    ...localDaysOf(
      records.map(({ time }) => time),
      local
    )
  };
};

/** How to preview. */
export interface PreviewOptions {
  readonly signal?: AbortSignal;
  /** Told now and then how much was read. Default: nobody is told. */
  readonly onProgress?: (counts: Counts) => void;
}

/**
 * Opens files and says what has to be asked; or else what the engine would send of them, and what it would refuse, without
 * sending anything. Rejects with sources' `UnreadableInput` where no file can be read, and with `InvalidOption`.
 */
export const previewSource = async (
  selection: Selection,
  { signal, onProgress }: PreviewOptions = {}
): Promise<Opened> => {
  const { files, answers, now } = selection;
  const source = await openSource(files, { ...answers, now });
  if (source.needs.length > 0) return { status: "asking", ...partsOf(source), needs: source.needs };
  const stored = new StoredRecords();
  const problems = new ProblemsByReason();
  const refusedFiles = new Set(source.refused.map(({ file }) => file));
  const client = createClient({
    transport: previewTransport(thisApp.name, (datum) => stored.add(datum)),
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
  const preview: Preview = {
    ...partsOf(source),
    counts: { read, sent, unchanged, rejected, skipped },
    problems: problems.list,
    ...pictureOf([...stored.all()], selection)
  };
  return { status: "ready", preview };
};
