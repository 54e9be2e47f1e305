import { readFileStart } from "../../detect/file-start.ts";
import type { Entry } from "../../entry.ts";
import type { OpenFiles } from "../../format.ts";
import type { InputFile } from "../../input-file.ts";
import type { Need } from "../../need.ts";
import type { ReadOptions } from "../../read-options.ts";
import { ZoneClock } from "../../time/zone-clock.ts";
import { readEntriesCsv } from "./entries-csv.ts";
import { isExporterCsv, openExporterCsv } from "./exporter-csv.ts";
import { Mapping } from "./mapping.ts";
import { type Read, readDocuments } from "./read-documents.ts";
import { Survey } from "./survey.ts";

/** The documents of a file from the first one on, each time it is called. */
type Documents = () => AsyncIterable<ReadonlyArray<Read>>;

const openFile = async (
  file: InputFile,
  options: ReadOptions,
  clock: ZoneClock | undefined
): Promise<{ readonly needs: ReadonlyArray<Need>; readonly documents: Documents }> => {
  const { text } = await readFileStart(file, options);
  if (isExporterCsv(text)) return openExporterCsv(file, options, clock);
  const isJson = /^\s*[[{]/u.test(text);
  return { needs: [], documents: () => (isJson ? readDocuments : readEntriesCsv)(file, options) };
};

const zoneNeed = (files: ReadonlyArray<string>, profiles: number): Need => ({
  kind: "timezone",
  files,
  message: `${profiles === 1 ? "A profile" : `${profiles} profiles`} of ${files.join(", ")} ${profiles === 1 ? "does" : "do"} not say the time zone of the schedules. Say which zone the pump's clock was set to, such as Europe/Berlin.`,
  examples: []
});

/**
 * Reads dumps of a Nightscout site as one, whatever file a collection is in: profiles say which basal ran between
 * temporary ones, and a reading that several uploaders wrote is one reading.
 */
export const openNightscoutFiles: OpenFiles = async (files, options, notes) => {
  const clock = await ZoneClock.open(options);
  const opened: Array<Awaited<ReturnType<typeof openFile>>> = [];
  for (const file of files) opened.push(await openFile(file, options, clock));
  const survey = new Survey(options);
  const needs = opened.flatMap((each) => each.needs);
  if (needs.length === 0) {
    for (const { documents } of opened) {
      for await (const page of documents()) {
        for (const item of page) if (!("problem" in item)) survey.add(item);
      }
    }
  }
  survey.settle();
  const { withoutZone } = survey.profiles;
  const names = files.map(({ name }) => name);
  return {
    needs: withoutZone > 0 ? [...needs, zoneNeed(names, withoutZone)] : needs,
    async *read() {
      const mapping = new Mapping(survey, options, notes);
      for (const { documents } of opened) {
        for await (const page of documents()) {
          const entries = page.flatMap((item): ReadonlyArray<Entry> =>
            "problem" in item ? [item] : mapping.entriesOf(item)
          );
          if (entries.length > 0) yield entries;
        }
      }
      yield [...mapping.end(names.join(", "))];
    }
  };
};
