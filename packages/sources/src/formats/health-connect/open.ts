import { toMgdl } from "@tideway/schemas";
import { readFileStart } from "../../detect/file-start.ts";
import type { Entry } from "../../entry.ts";
import type { OpenFiles } from "../../format.ts";
import { type Numbered, NumberedRecords } from "../../identity/numbered-records.ts";
import { RepeatedKeys } from "../../identity/repeated-keys.ts";
import type { InputFile } from "../../input-file.ts";
import { canReadDatabases } from "../../node/temporary-database.ts";
import type { NotesInProgress } from "../../notes.ts";
import { DuplicateSources } from "../../phone-health/duplicate-sources.ts";
import { healthSource } from "../../phone-health/health-source.ts";
import { SourceReadings } from "../../phone-health/source-readings.ts";
import type { ReadOptions } from "../../read-options.ts";
import { rowDatum, rowProblem } from "../../row-entry.ts";
import { futureFault } from "../../time/future-fault.ts";
import { UnreadableInput } from "../../unreadable-input.ts";
import { PlausibleTimes } from "../../values/plausible-times.ts";
import { readZipStarts } from "../../zip/read-zip-starts.ts";
import { zippedFile } from "../../zip/zipped-file.ts";
import { connectDatum, deviceIdOf } from "./connect-datum.ts";
import { type ConnectRecord, connectTables } from "./connect-record.ts";
import { connectRows } from "./connect-rows.ts";
import { isHealthConnect } from "./is-health-connect.ts";

const keyOf = ({ uuid }: ConnectRecord): string => uuid;
const contentOf = ({ time, offset, content }: ConnectRecord): string => JSON.stringify([time, offset, content]);

/** The databases: of an archive, those in it. */
const databasesOf = async (
  given: ReadonlyArray<InputFile>,
  options: ReadOptions
): Promise<ReadonlyArray<InputFile>> => {
  const found: Array<InputFile> = [];
  for (const file of given) {
    if ((await readFileStart(file, options)).zip === undefined) found.push(file);
    else {
      for (const entry of await readZipStarts(file, 65_536))
        if (!entry.encrypted && isHealthConnect(entry.bytes)) found.push(zippedFile(file, entry));
    }
  }
  return found;
};

/** What a first pass over all databases found. */
interface ConnectSurvey {
  readonly repeated: RepeatedKeys;
  readonly readings: ReadonlyMap<string, SourceReadings>;
  readonly duplicates: DuplicateSources;
}

const survey = async (files: ReadonlyArray<InputFile>, notes: NotesInProgress): Promise<ConnectSurvey> => {
  const repeated = new RepeatedKeys();
  const readings = new Map<string, SourceReadings>();
  for (const file of files) {
    for await (const page of connectRows(file)) {
      if (!("items" in page)) {
        if (page.missing.length === Object.keys(connectTables).length) {
          const message = `${file.name} has none of the tables that are read, or other columns in them: its version, ${page.version}, is not known here.`;
          throw new UnreadableInput("incomplete", message);
        }
        notes.assume(
          "database-version",
          `${file.name} is of version ${page.version}: its columns are found by their names.`
        );
        for (const table of page.missing)
          notes.warn("missing-table", `${file.name} has no ${table}, or other columns in it: nothing of it is read.`);
        continue;
      }
      for (const item of page.items) {
        if (!("uuid" in item)) continue;
        repeated.add(keyOf(item), contentOf(item));
        const { app, content, time } = item;
        notes.addDevice({ id: deviceIdOf(app), model: healthSource(app).label });
        if (content.kind !== "glucose" || content.isEntered || content.specimen > 1) continue;
        let own = readings.get(app);
        if (!own) readings.set(app, (own = new SourceReadings(app)));
        own.add(time, toMgdl(content.value));
      }
    }
  }
  repeated.finish();
  for (const own of readings.values()) own.finish();
  return { repeated, readings, duplicates: new DuplicateSources(readings.values()) };
};

interface Placed {
  readonly record: ConnectRecord;
  readonly place: string;
}

const readHealthConnect = async function* (
  files: ReadonlyArray<InputFile>,
  { repeated, readings, duplicates }: ConnectSurvey,
  options: ReadOptions,
  notes: NotesInProgress
): AsyncGenerator<ReadonlyArray<Entry>> {
  const numbers = new NumberedRecords<Placed>(repeated);
  let times = new PlausibleTimes(options.now);

  const entryOf = (numbered: Numbered<Placed>): Entry => {
    const { record, place: file } = numbered.record;
    const { row, app, time, content } = record;
    const skipped = (code: string, message: string): Entry =>
      rowProblem({ outcome: "skipped", code, message, file, row });
    // Of several versions of a record the newest has number 1.
    if ("copy" in numbered || numbered.occurrence > 1)
      return skipped("repeated-record", "The same record stands in another export, perhaps as it was changed later.");
    if (!times.accepts(time, row)) return rowProblem({ outcome: "rejected", ...futureFault("time"), file, row });
    const pair =
      content.kind === "glucose" && !content.isEntered && content.specimen <= 1 ? duplicates.of(app, time) : undefined;
    if (pair) {
      const [kept, leftOut] = [pair.kept.source.label, pair.leftOut.source.label];
      const message = `${leftOut} and ${kept} wrote down the same sensor: the readings of ${kept} are kept.`;
      notes.assume("one-sensor", message);
      return skipped("same-sensor", message);
    }
    return rowDatum(connectDatum(record, readings.get(app)), file, row);
  };

  for (const file of files) {
    times = new PlausibleTimes(options.now);
    for await (const page of connectRows(file)) {
      if (!("items" in page)) continue;
      const place = `${file.name}/${page.table}`;
      const entries: Array<Entry> = [];
      for (const item of page.items) {
        if ("notMapped" in item) notes.skip(item.notMapped);
        else if ("fault" in item)
          entries.push(rowProblem({ outcome: "rejected", ...item.fault, file: place, row: item.row }));
        else {
          const next = numbers.add({
            key: keyOf(item),
            content: contentOf(item),
            amount: -item.modified,
            record: { record: item, place }
          });
          if (next) entries.push(entryOf(next));
        }
      }
      if (entries.length > 0) yield entries;
    }
    times.tell(notes, file.name);
  }
  const held = [...numbers.end()].map(entryOf);
  if (held.length > 0) yield held;
};

/** Reads exports of Health Connect, all of them together, in Node. */
export const openHealthConnect: OpenFiles = async (given, options, notes) => {
  if (!canReadDatabases()) {
    const message = `${given[0]?.name ?? "The file"} is an SQLite database of Health Connect, which is read in Node only (22.13 or later): give it to the command line, tideway upload FILE.`;
    throw new UnreadableInput("unreadable-format", message);
  }
  const files = await databasesOf(given, options);
  const found = await survey(files, notes);
  return { needs: [], read: () => readHealthConnect(files, found, options, notes) };
};
