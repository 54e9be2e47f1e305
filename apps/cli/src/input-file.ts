import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename } from "node:path";
import { CommandError, usageError } from "./command-error.ts";
import { exitCode } from "./exit-code.ts";

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

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "you may not read it",
  EISDIR: "it is a folder"
};

const unreadable = (path: string, error: unknown): CommandError => {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const reason = reasons[code] ?? (error as Error).message;
  return new CommandError(exitCode.input, `Cannot read ${path}: ${reason}. Check the path.`, { cause: error });
};

/** Whether two paths lead to the same file; not so where one of them is not there yet. */
export const isSameFile = async (one: string, other: string): Promise<boolean> => {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.isFile() && a.dev === b.dev && a.ino === b.ino;
};

/** Refuses to read two things from standard input. */
export const refuseSharedStdin = (
  { passwordStdin, file }: { readonly passwordStdin: boolean; readonly file: string },
  what: string
) => {
  if (passwordStdin && file === "-") throw usageError(`Standard input cannot be both the password and the ${what}.`);
};

/** Refuses to write over what is read. */
export const keepInput = async (file: string, written: { readonly [flag: string]: string | undefined }) => {
  for (const [flag, path] of Object.entries(written)) {
    if (path === "") throw usageError(`${flag} needs the name of a file.`);
    if (path !== undefined && file !== "-" && (await isSameFile(file, path))) {
      throw usageError(`${flag} is the input itself, which would be overwritten: choose another file.`);
    }
  }
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

/** Finds a file, or takes standard input for `-`. Rejects with what to do where it cannot be read. */
export const openInput = async (path: string): Promise<InputFile> => {
  if (path === "-") {
    if (process.stdin.isTTY) process.stderr.write("Reading datums from the keyboard; Ctrl-D ends them.\n");
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
      open: () => readFile(path)
    };
  } catch (error) {
    throw unreadable(path, error);
  }
};
