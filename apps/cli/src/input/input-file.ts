import { constants, createReadStream } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { errnoInWords } from "../lifecycle/errno-in-words.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { counted } from "../output/in-words.ts";
import { writeStderr } from "../output/standard-streams.ts";
import { type Place, refuseSharedFiles, standardOutputs } from "./file-identity.ts";
import { openPipe } from "./open-pipe.ts";

/** Files, read from their start as often as need be, or a stream that is read once. */
export interface Input {
  /** For people: the file's name without its folder, `standard input`, or `3 files`. */
  readonly name: string;
  /** Bytes in all, where that is known. */
  readonly size: number | undefined;
  /** Where the files are, if they can be read more than once. */
  readonly paths: ReadonlyArray<string> | undefined;
  /** The bytes of an input that can be read only once. */
  readonly stream: () => AsyncIterable<Uint8Array>;
}

const unreadable = (path: string, error: unknown): Error => {
  if ((error as Error).name === "AbortError") return error as Error;
  return new CommandError(exitCode.input, `Cannot read ${path}: ${errnoInWords(error)}. Check the path.`, {
    cause: error
  });
};

/** Refuses to read two things from standard input. */
export const refuseSharedStdin = (
  { passwordStdin, files }: { readonly passwordStdin: boolean; readonly files: ReadonlyArray<string> },
  what: string
) => {
  if (passwordStdin && files.includes("-"))
    throw usageError(`Standard input cannot be both the password and the ${what}.`);
};

/** Where a command reads and writes, told apart before anything is opened: it never writes over its own input. */
export const keepApart = async (
  files: ReadonlyArray<string>,
  written: { readonly [flag: string]: string | undefined }
) => {
  const named: Array<Place> = [];
  for (const [name, at] of Object.entries(written)) {
    if (at === "") throw usageError(`${name} needs the name of a file.`);
    if (at !== undefined) named.push({ name, at });
  }
  const read = files.map((file) => ({ name: "the input", at: file === "-" ? 0 : file }));
  await refuseSharedFiles(read, [...named, ...standardOutputs]);
};

/** The bytes of a path, with what went wrong in words; `onBytes` hears of each piece. */
const told = async function* (path: string, bytes: () => AsyncIterable<Uint8Array>, onBytes: (count: number) => void) {
  try {
    for await (const piece of bytes()) {
      onBytes(piece.length);
      yield piece;
    }
  } catch (error) {
    throw unreadable(path, error);
  }
};

/** Reads a file that was found, in Node's own pieces of 64 kB: larger ones are no quicker, and several are under way at once. */
export const readFile = (path: string, onBytes: (count: number) => void = () => {}): AsyncIterable<Uint8Array> =>
  told(path, () => createReadStream(path), onBytes);

const pipeBytes = async function* (path: string, signal: AbortSignal) {
  yield* await openPipe(path, "r", signal);
};

/** The files of a folder and of the folders in it, without hidden ones, in the order of their names. */
const filesIn = async (folder: string): Promise<ReadonlyArray<string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !/[\\/]\./u.test(path.slice(folder.length)))
    .sort();
};

interface Found {
  readonly paths: ReadonlyArray<string>;
  readonly size: number;
  readonly isPipe: boolean;
}

/** What is at a path: a file, the files of a folder, or something that can be read only once. */
const find = async (path: string): Promise<Found> => {
  try {
    await access(path, constants.R_OK);
    const found = await stat(path);
    if (!found.isDirectory()) return { paths: [path], size: found.size, isPipe: !found.isFile() };
    const paths = await filesIn(path);
    const sizes = await Promise.all(paths.map(async (file) => (await stat(file)).size));
    return { paths, size: sizes.reduce((sum, size) => sum + size, 0), isPipe: false };
  } catch (error) {
    throw unreadable(path, error);
  }
};

const openStream = (path: string, signal: AbortSignal): Input => {
  if (path !== "-") {
    const bytes = async function* () {
      const isFifo = (await stat(path)).isFIFO();
      yield* isFifo ? pipeBytes(path, signal) : createReadStream(path);
    };
    return { name: basename(path), size: undefined, paths: undefined, stream: () => told(path, bytes, () => {}) };
  }
  if (process.stdin.isTTY) writeStderr("Reading datums from the keyboard; Ctrl-D ends them.\n");
  const stream = () =>
    told(
      "standard input",
      () => process.stdin,
      () => {}
    );
  return { name: "standard input", size: undefined, paths: undefined, stream };
};

/** Finds files, takes those of a folder, or standard input for `-`. Rejects with what to do where one cannot be read. */
export const openInput = async (paths: ReadonlyArray<string>, signal: AbortSignal): Promise<Input> => {
  const streamed: Array<string> = paths.filter((path) => path === "-");
  const found = new Map<string, Found>();
  for (const path of paths) if (path !== "-") found.set(path, await find(path));
  for (const [path, { isPipe }] of found) if (isPipe) streamed.push(path);
  if (streamed.length > 0) {
    if (paths.length > 1) throw usageError("A pipe or standard input cannot be read together with other files.");
    return openStream(streamed[0]!, signal);
  }
  const all = [...found.values()].flatMap((each) => each.paths);
  if (all.length === 0) throw new CommandError(exitCode.input, `There is no file in ${paths.join(" or ")}.`);
  const size = [...found.values()].reduce((sum, each) => sum + each.size, 0);
  const name = all.length === 1 ? basename(all[0]!) : counted(all.length, "file");
  const stream = () => readFile(all[0]!);
  return { name, size, paths: all, stream };
};
