import type { FileStart } from "./detect/file-start.ts";
import type { Entry } from "./entry.ts";
import type { InputFile } from "./input-file.ts";
import type { Need } from "./need.ts";
import type { NotesInProgress } from "./notes.ts";
import type { ReadOptions } from "./read-options.ts";

/** What speaks for a file being of a format. */
export interface Verdict {
  /** `certain`: no other format looks like this. `likely`: taken where no format is certain. */
  readonly certainty: "certain" | "likely";
  /** For people, each a short phrase: `the header has the column "Transmitter ID"`. Holds nothing of the records. */
  readonly evidence: ReadonlyArray<string>;
}

/** Files of one format that were looked at, and can be read any number of times. */
export interface FormatReading {
  /** Questions that have to be answered before `read` is called. */
  readonly needs: ReadonlyArray<Need>;
  /** Everything in the files, from the start. Where the caller stops early, streams are closed. */
  read(): AsyncIterable<ReadonlyArray<Entry>>;
}

/**
 * Looks at all given files of the format, so far as that is needed to know what is needed: units, the order of days and
 * months, devices. Files that belong together are read as one, others one after another.
 */
export type OpenFiles = (
  files: ReadonlyArray<InputFile>,
  options: ReadOptions,
  notes: NotesInProgress
) => Promise<FormatReading>;

interface Named {
  /** Stable, in small letters: `dexcom-clarity`. */
  readonly id: string;
  /** As people know it: `Dexcom Clarity CSV`. */
  readonly name: string;
  /** Judges by content, never by the file's name. `undefined`: not this format. Must not throw. */
  detect(start: FileStart): Verdict | undefined;
}

/** A format that can be read. */
export interface ReadableFormat extends Named {
  /** Loads the code that reads: only once a file of the format is there, so that bundles stay small. */
  load(): Promise<OpenFiles>;
}

/** A kind of file that people have and that cannot be read: known, so that they can be told what to export instead. */
export interface UnreadableFormat extends Named {
  /** One or two sentences: why not, and how to get a file that can be read. */
  readonly instead: string;
}

export type Format = ReadableFormat | UnreadableFormat;
