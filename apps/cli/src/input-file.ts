import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename } from "node:path";
import { CommandError, usageError } from "./command-error.ts";
import { errnoInWords } from "./errno-in-words.ts";
import { exitCode } from "./exit-code.ts";
import { type Place, refuseSharedFiles, standardOutputs } from "./file-identity.ts";
import { openPipe } from "./open-pipe.ts";
import { writeStderr } from "./standard-streams.ts";

/** One reading of an input, from its start to its end. */
export interface Reading {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Bytes handed out so far. */
  readonly taken: () => number;
}

/** A file or standard input. */
export interface InputFile {
  /** For people: the file's name without its folder, or `standard input`. */
  readonly name: string;
  /** Bytes in all, where that is known. */
  readonly size: number | undefined;
  /** Where it is, if it can be read more than once. */
  readonly path: string | undefined;
  readonly open: () => Reading;
}

const unreadable = (path: string, error: unknown): Error => {
  if ((error as Error).name === "AbortError") return error as Error;
  return new CommandError(exitCode.input, `Cannot read ${path}: ${errnoInWords(error)}. Check the path.`, {
    cause: error
  });
};

/** Refuses to read two things from standard input. */
export const refuseSharedStdin = (
  { passwordStdin, file }: { readonly passwordStdin: boolean; readonly file: string },
  what: string
) => {
  if (passwordStdin && file === "-") throw usageError(`Standard input cannot be both the password and the ${what}.`);
};

/** Where a command reads and writes, told apart before anything is opened: it never writes over its own input. */
export const keepApart = async (file: string, written: { readonly [flag: string]: string | undefined }) => {
  const named: Array<Place> = [];
  for (const [name, at] of Object.entries(written)) {
    if (at === "") throw usageError(`${name} needs the name of a file.`);
    if (at !== undefined) named.push({ name, at });
  }
  await refuseSharedFiles([{ name: "the input", at: file === "-" ? 0 : file }], [...named, ...standardOutputs]);
};

const reading = (path: string, bytes: () => AsyncIterable<Uint8Array>): Reading => {
  let taken = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of bytes()) {
        taken += piece.length;
        yield piece;
      }
    } catch (error) {
      throw unreadable(path, error);
    }
  }
  return { bytes: counted(), taken: () => taken };
};

/** Reads a file that was found, in Node's own pieces of 64 kB: larger ones are no quicker, and several are under way at once. */
export const readFile = (path: string): Reading => reading(path, () => createReadStream(path));

async function* pipeBytes(path: string, signal: AbortSignal) {
  yield* await openPipe(path, "r", signal);
}

/** Finds a file, or takes standard input for `-`. Rejects with what to do where it cannot be read. */
export const openInput = async (path: string, signal: AbortSignal): Promise<InputFile> => {
  if (path === "-") {
    if (process.stdin.isTTY) writeStderr("Reading datums from the keyboard; Ctrl-D ends them.\n");
    const open = () => reading(path, () => process.stdin);
    return { name: "standard input", size: undefined, path: undefined, open };
  }
  try {
    await access(path, constants.R_OK);
    const found = await stat(path);
    if (found.isDirectory()) throw Object.assign(new Error("it is a folder"), { code: "EISDIR" });
    const isFile = found.isFile();
    return {
      name: basename(path),
      size: isFile ? found.size : undefined,
      path: isFile ? path : undefined,
      open: () => (found.isFIFO() ? reading(path, () => pipeBytes(path, signal)) : readFile(path))
    };
  } catch (error) {
    throw unreadable(path, error);
  }
};
