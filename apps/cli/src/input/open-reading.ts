import { basename } from "node:path";
import {
  AnswersNeeded,
  InvalidOption,
  openSource,
  type InputFile,
  type Need,
  type OpenedSource,
  type OpenSourceOptions,
  type Remark
} from "@tideway/sources";
import { usageError } from "../lifecycle/command-error.ts";
import { readFile } from "./input-file.ts";

/** What was noticed while an input was read. */
export interface Noted {
  /** Bytes read. */
  readonly taken: number;
  /** The formats that were found, each with its files and what speaks for it. */
  readonly parts: ReadonlyArray<{
    readonly format: string;
    readonly files: ReadonlyArray<string>;
    readonly evidence: ReadonlyArray<string>;
  }>;
  readonly devices: ReadonlyArray<string>;
  readonly assumed: ReadonlyArray<Remark>;
  readonly warnings: ReadonlyArray<Remark>;
  /** Records that Tidepool has no kind for: by what they are, with how many there were. */
  readonly notMapped: { readonly [what: string]: number };
}

/** An input that was opened, and can be read any number of times. */
export interface OpenReading {
  readonly opened: OpenedSource;
  /** Begins to count what is read anew. */
  readonly restart: () => void;
  readonly noted: () => Noted;
}

const notesOf = ({ parts }: OpenedSource): Omit<Noted, "taken"> => {
  const notMapped: Record<string, number> = {};
  for (const { notes } of parts) {
    for (const [what, count] of notes.notMapped) notMapped[what] = (notMapped[what] ?? 0) + count;
  }
  return {
    parts: parts.map(({ format, files, evidence }) => ({ format: format.name, files, evidence })),
    devices: parts.flatMap(({ notes }) => notes.devices.map(({ id, model }) => model ?? id)),
    assumed: parts.flatMap(({ notes }) => notes.assumed),
    warnings: parts.flatMap(({ notes }) => notes.warnings),
    notMapped
  };
};

/** The flags that answer a question. */
const answers: { readonly [K in Need["kind"]]: () => string } = {
  timezone: () => `Use --timezone ZONE; this computer is set to ${Intl.DateTimeFormat().resolvedOptions().timeZone}.`,
  units: () => "Use --units mg/dL or --units mmol/L.",
  "date-order": () => "Use --date-order dmy, mdy or ymd."
};

const shownExamples = 3;

const questionOf = ({ kind, message, examples }: Need): string => {
  const shown = examples
    .slice(0, shownExamples)
    .map(({ file, row, text }) => `${file}, row ${row}${text === undefined ? "" : `: ${text}`}`);
  return [message, ...(shown.length > 0 ? [`See ${shown.join("; ")}.`] : []), answers[kind]()].join(" ");
};

const optionFlags: { readonly [option: string]: string } = { dateOrder: "date-order", repeatedHour: "repeated-hour" };

/**
 * Opens files of any format. Rejects with `UnreadableInput`, or with the flags that are missing where the files do not say
 * all that has to be known.
 */
export const openReading = async (
  files: ReadonlyArray<InputFile>,
  options: OpenSourceOptions,
  taken: { bytes: number }
): Promise<OpenReading> => {
  try {
    const opened = await openSource(files, options);
    if (opened.needs.length > 0) throw new AnswersNeeded(opened.needs);
    return {
      opened,
      restart: () => {
        taken.bytes = 0;
      },
      noted: () => ({ taken: taken.bytes, ...notesOf(opened) })
    };
  } catch (error) {
    if (error instanceof AnswersNeeded) throw usageError(error.needs.map(questionOf).join(" "));
    if (error instanceof InvalidOption) {
      throw usageError(
        `--${optionFlags[error.option] ?? error.option} ${error.message.replace(`The option ${error.option} `, "")}`
      );
    }
    throw error;
  }
};

/** Opens files by their paths. */
export const openFiles = (paths: ReadonlyArray<string>, options: OpenSourceOptions): Promise<OpenReading> => {
  const taken = { bytes: 0 };
  const onBytes = (count: number) => {
    taken.bytes += count;
  };
  const files = paths.map((path) => ({ name: basename(path), stream: () => readFile(path, onBytes) }));
  return openReading(files, options, taken);
};
