import type { FormatReading, OpenFiles } from "./format.ts";
import type { InputFile } from "./input-file.ts";
import { NotesInProgress } from "./notes.ts";
import type { ReadOptions } from "./read-options.ts";
import { UnreadableInput } from "./unreadable-input.ts";

/** Files of one format that were opened together, and those among them that cannot be read. */
export interface OpenedGroup {
  readonly opened:
    | { readonly files: ReadonlyArray<InputFile>; readonly reading: FormatReading; readonly notes: NotesInProgress }
    | undefined;
  readonly refused: ReadonlyArray<{ readonly file: string; readonly error: UnreadableInput }>;
}

/** Opens files of one format together. Where that fails for one of them, the others are opened without it. */
export const openGroup = async (
  open: OpenFiles,
  files: ReadonlyArray<InputFile>,
  options: ReadOptions
): Promise<OpenedGroup> => {
  const notes = new NotesInProgress();
  try {
    return { opened: { files, reading: await open(files, options, notes), notes }, refused: [] };
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    return files.length < 2 ? refusedAll(files, error) : openWithout(error, open, files, options);
  }
};

const refusedAll = (files: ReadonlyArray<InputFile>, error: UnreadableInput): OpenedGroup => ({
  opened: undefined,
  refused: files.map(({ name }) => ({ file: name, error }))
});

const openWithout = async (
  error: UnreadableInput,
  open: OpenFiles,
  files: ReadonlyArray<InputFile>,
  options: ReadOptions
): Promise<OpenedGroup> => {
  const sound: Array<InputFile> = [];
  const refused: Array<OpenedGroup["refused"][number]> = [];
  for (const file of files) {
    const alone = await openGroup(open, [file], options);
    if (alone.opened) sound.push(file);
    refused.push(...alone.refused);
  }
  // Each of them is sound by itself: only together they are not.
  if (refused.length === 0) return refusedAll(files, error);
  if (sound.length === 0) return { opened: undefined, refused };
  const rest = await openGroup(open, sound, options);
  return { opened: rest.opened, refused: [...refused, ...rest.refused] };
};
