import { RepeatedKeys } from "../../identity/repeated-keys.ts";
import type { InputFile } from "../../input-file.ts";
import type { NotesInProgress } from "../../notes.ts";
import { DuplicateSources } from "../../phone-health/duplicate-sources.ts";
import { healthSource } from "../../phone-health/health-source.ts";
import { SourceReadings } from "../../phone-health/source-readings.ts";
import type { ReadOptions } from "../../read-options.ts";
import { BasalIntervals } from "./basal-intervals.ts";
import { deviceIdOf } from "./health-datum.ts";
import { healthElements } from "./health-elements.ts";
import { healthRecord } from "./health-record.ts";
import { healthContent, healthKey, mgdlOf } from "./origin-id.ts";

/** What a first pass over all files found. */
export interface HealthSurvey {
  readonly repeated: RepeatedKeys;
  /** By the name of the source. */
  readonly readings: ReadonlyMap<string, SourceReadings>;
  readonly duplicates: DuplicateSources;
  readonly basals: BasalIntervals;
}

/** Looks at all records of all files together: halves of one export are told apart by nothing. */
export const surveyAppleHealth = async (
  files: ReadonlyArray<InputFile>,
  options: ReadOptions,
  notes: NotesInProgress
): Promise<HealthSurvey> => {
  const repeated = new RepeatedKeys();
  const readings = new Map<string, SourceReadings>();
  const basals = new BasalIntervals();
  let [withZone, withoutZone] = [0, 0];
  for (const file of files) {
    for await (const page of healthElements(file, options)) {
      for (const item of page) {
        const record = "fault" in item ? item : healthRecord(item);
        if ("fault" in record) continue;
        const { source, start, end, content, zone } = record;
        repeated.add(healthKey(record), healthContent(record));
        if (zone === undefined) withoutZone++;
        else withZone++;
        const { label } = healthSource(source);
        notes.addDevice({ id: deviceIdOf(source), model: label });
        if (content.kind === "basal") basals.add(source, start, end);
        if (content.kind !== "glucose" || content.isEntered) continue;
        let own = readings.get(source);
        if (!own) readings.set(source, (own = new SourceReadings(source)));
        own.add(start, mgdlOf(content.glucose));
      }
    }
  }
  repeated.finish();
  basals.finish();
  for (const own of readings.values()) own.finish();
  const duplicates = new DuplicateSources(readings.values());
  if (withoutZone > 0) {
    const message = `${withoutZone} of ${withZone + withoutZone} records name no time zone: they have the moment in UTC, and no local time. The offset in the file is that of the phone on the day of the export.`;
    notes.assume("utc-only", message);
  }
  return { repeated, readings, duplicates, basals };
};
