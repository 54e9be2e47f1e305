import { randomInt } from "node:crypto";
import { open, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { errnoInWords } from "../lifecycle/errno-in-words.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { redactText } from "./redact-text.ts";

/** So much of each file is looked at, and so many lines of it are written. */
const mostBytes = 65_536;
const mostLines = 40;

const startOf = async (path: string): Promise<string> => {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
    return new TextDecoder(buffer[0] === 0xff && buffer[1] === 0xfe ? "utf-16le" : "utf-8").decode(
      buffer.subarray(0, bytesRead)
    );
  } finally {
    await file.close();
  }
};

const cellsOf = (line: string): number => line.split(/[,;\t]/u).filter((cell) => cell.trim() !== "").length;

/** The line of a table that names its columns: the one with most of them, where it holds no digit. */
const headerOf = (lines: ReadonlyArray<string>): number => {
  const widest = Math.max(...lines.map(cellsOf));
  const index = lines.findIndex((line) => cellsOf(line) === widest);
  const isNamed = widest >= 5 && !/\d/u.test((lines[index] ?? "").replace(/\bh?b?a1c\b/giu, ""));
  return isNamed ? index : -1;
};

/**
 * Writes the first lines of files with their shape and without their content, for a report about a file that is not read as it
 * should be. Somebody still has to look through it before it is posted.
 */
export const writeRedacted = async (paths: ReadonlyArray<string>, out: string): Promise<void> => {
  const options = { seed: randomInt(2 ** 31), days: randomInt(400, 4000) };
  const parts: Array<string> = [];
  for (const path of paths) {
    const text = await startOf(path);
    if (text.includes("\u0000")) {
      throw usageError(`${basename(path)} is no text: unpack it, and make a sample of what is inside.`);
    }
    // One long line of JSON is broken where its objects end.
    const lines = text
      .replaceAll(/\},\s*\{/gu, "},\n{")
      .split(/\r?\n/u)
      .slice(0, mostLines);
    const header = headerOf(lines);
    const written = lines.map((line, index) => (index === header ? line : redactText(line, options)));
    parts.push(paths.length > 1 ? `==> file ${parts.length + 1}\n${written.join("\n")}` : written.join("\n"));
  }
  await writeFile(out, `${parts.join("\n")}\n`, { mode: 0o600 }).catch((cause: unknown) => {
    throw new CommandError(exitCode.failure, `${out} cannot be written: ${errnoInWords(cause)}.`, { cause });
  });
};
