import { type Candidate, candidatesOf } from "./detect/choose-format.ts";
import { FileStart, readFileStart } from "./detect/file-start.ts";
import type { Entry } from "./entry.ts";
import type { Format, FormatReading, ReadableFormat } from "./format.ts";
import { formats as everyFormat } from "./formats/formats.ts";
import type { InputFile } from "./input-file.ts";
import { InvalidOption } from "./invalid-option.ts";
import type { Mapping } from "./mapping/mapping.ts";
import { AnswersNeeded, type Need } from "./need.ts";
import type { Notes, NotesInProgress } from "./notes.ts";
import { openGroup } from "./open-group.ts";
import { createReadMeter } from "./read-meter.ts";
import { type ReadOptions, checkReadOptions } from "./read-options.ts";
import { refusalOf } from "./refusal.ts";
import { UnreadableInput } from "./unreadable-input.ts";
import { zippedFile } from "./zip/zipped-file.ts";

/** How to open files. */
export interface OpenSourceOptions extends ReadOptions {
  /** The id of a format, where two claim a file or none does: then nothing is detected. */
  readonly format?: string;
  /** How to read tables of no known format: a mapping, or the JSON text of one. All files are read by it; nothing is detected. */
  readonly mapping?: Mapping | string;
  /** The formats that are tried. Default: all that this package has. */
  readonly formats?: ReadonlyArray<Format>;
}

/** Files of one format, read together. */
export interface SourcePart {
  readonly format: { readonly id: string; readonly name: string };
  readonly files: ReadonlyArray<string>;
  /** Why they were taken to be of that format. */
  readonly evidence: ReadonlyArray<string>;
  readonly notes: Notes;
}

/** A file that is not read, because it is of no format, of several, or of one that cannot be read. */
export interface RefusedFile {
  readonly file: string;
  readonly error: UnreadableInput;
}

/** Files that were opened: what they are, what has to be asked, and their datums. */
export interface OpenedSource {
  readonly parts: ReadonlyArray<SourcePart>;
  /** Empty, or some of several files: where no file at all can be read, `openSource` throws. */
  readonly refused: ReadonlyArray<RefusedFile>;
  /** To be answered by opening again, with the options that each of them names. */
  readonly needs: ReadonlyArray<Need>;
  /**
   * The datums and problems, for `client.upload` of `@tideway/core`: everything from the start, however often it is asked
   * for. Throws {@link AnswersNeeded} while there are needs. A refused file is one problem.
   */
  readonly pages: AsyncIterable<ReadonlyArray<Entry>>;
  /** How much of the files' bytes the reading of `pages` has taken, from 0 to 1; undefined where a file has no `size`. */
  readonly fractionRead: () => number | undefined;
}

interface Group {
  readonly format: ReadableFormat;
  readonly files: Array<InputFile>;
  readonly evidence: Set<string>;
}

const chosen = (id: string, formats: ReadonlyArray<Format>): Candidate => {
  const format = formats.find((known) => known.id === id);
  if (!format || !("load" in format)) {
    const ids = formats.flatMap((known) => ("load" in known ? [known.id] : []));
    throw new InvalidOption("format", `must be one of: ${ids.join(", ")}.`);
  }
  return { format, verdict: { certainty: "certain", evidence: ["the format was given"] } };
};

/** The candidate of a mapping that was given: its checks and its reader are loaded only then. */
const mapped = async (mapping: Mapping | string): Promise<Candidate> => {
  const { checkMapping } = await import("./mapping/check-mapping.ts");
  const { mappedFormat } = await import("./mapping/mapped-format.ts");
  const checked = checkMapping(mapping);
  const format = mappedFormat({ name: `table by the mapping ${checked.id}`, mapping: checked, headings: [] });
  return { format, verdict: { certainty: "certain", evidence: ["the mapping was given"] } };
};

const refusedPage = (refused: ReadonlyArray<RefusedFile>): ReadonlyArray<Entry> =>
  refused.map(({ file, error }) => ({
    problem: { outcome: "rejected", code: error.code, message: error.message, file },
    at: file
  }));

/**
 * Opens files that people have: finds the format of each by its content, puts together what belongs together, and says
 * what has to be known before reading.
 *
 * @throws {InvalidOption} an option that cannot be meant.
 * @throws {UnreadableInput} none of the files can be read: what it seems to be, and what to do.
 */
export const openSource = async (
  given: ReadonlyArray<InputFile>,
  { format: id, formats = everyFormat, mapping, ...options }: OpenSourceOptions
): Promise<OpenedSource> => {
  checkReadOptions(options);
  const { files, begin, fractionRead } = createReadMeter(given);
  if (id !== undefined && mapping !== undefined) throw new InvalidOption("mapping", "cannot be given beside a format.");
  const forced = mapping === undefined ? (id === undefined ? undefined : chosen(id, formats)) : await mapped(mapping);
  const groups = new Map<string, Group>();
  const refused: Array<RefusedFile> = [];
  const assign = (file: InputFile, start: FileStart | undefined): void => {
    const candidates = start ? candidatesOf(start, formats) : [forced!];
    // An archive that is no format itself may hold files that are.
    const inside = candidates.length === 0 ? (start?.zip ?? []) : [];
    const isCertain = ({ verdict }: Candidate): boolean => verdict.certainty === "certain";
    if (inside.some((entry) => candidatesOf(entry.start, formats).some(isCertain))) {
      for (const entry of inside) orRefuse(zippedFile(file, entry), () => entry.start);
      return;
    }
    const [{ format, verdict } = {}, ...others] = candidates;
    if (!format || !verdict || others.length > 0 || !("load" in format)) {
      throw refusalOf(file.name, start!, candidates, formats);
    }
    const group = groups.get(format.id) ?? { format, files: [], evidence: new Set() };
    groups.set(format.id, group);
    group.files.push(file);
    for (const evidence of verdict.evidence) group.evidence.add(evidence);
  };
  const orRefuse = (file: InputFile, startOf: () => FileStart | undefined): void => {
    try {
      assign(file, startOf());
    } catch (error) {
      if (!(error instanceof UnreadableInput)) throw error;
      refused.push({ file: file.name, error });
    }
  };
  for (const file of files) {
    const start = forced ? undefined : await readFileStart(file, options).catch((error: unknown) => error);
    orRefuse(file, () => {
      if (start === undefined || start instanceof FileStart) return start;
      throw start;
    });
  }

  const parts: Array<SourcePart & { readonly reading: FormatReading; readonly notes: NotesInProgress }> = [];
  for (const { format, files: grouped, evidence } of groups.values()) {
    const { opened, refused: unreadable } = await openGroup(await format.load(), grouped, options);
    refused.push(...unreadable);
    if (!opened) continue;
    const { reading, notes } = opened;
    const names = opened.files.map(({ name }) => name);
    parts.push({ format: { id: format.id, name: format.name }, files: names, evidence: [...evidence], notes, reading });
  }
  if (parts.length === 0) throw refused[0]?.error ?? new UnreadableInput("empty", "No file was given.");

  const needs = parts.flatMap(({ reading }) => reading.needs);
  const read = async function* (): AsyncGenerator<ReadonlyArray<Entry>> {
    if (needs.length > 0) throw new AnswersNeeded(needs);
    begin();
    if (refused.length > 0) yield refusedPage(refused);
    for (const { reading, notes } of parts) {
      notes.clearCounts();
      yield* reading.read();
    }
  };
  return { parts, refused, needs, pages: { [Symbol.asyncIterator]: read }, fractionRead };
};
