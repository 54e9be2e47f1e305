import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Rejection } from "@tideway/core";
import { isPipe, openPipe } from "../input/open-pipe.ts";
import { CommandError } from "../lifecycle/command-error.ts";
import { errnoInWords } from "../lifecycle/errno-in-words.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { untilDrained } from "./standard-streams.ts";
import { jsonLine } from "./terminal-text.ts";

/** A rejection without the values that stood in the datum: they are health values. */
export const withoutValues = ({ issues, ...rejection }: Rejection) => ({
  ...rejection,
  issues: issues.map(({ pointer, code, message }) => ({ pointer, code, message }))
});

const openForWriting = async (path: string, signal: AbortSignal): Promise<Writable> => {
  if (await isPipe(path)) return openPipe(path, "w", signal);
  const file = createWriteStream(path, { mode: 0o600 });
  await once(file, "open");
  return file;
};

/** A file that gets every rejection as a line of JSON. */
export const openReport = async (path: string, signal: AbortSignal) => {
  const file = await openForWriting(path, signal).catch((cause: unknown) => {
    throw new CommandError(
      exitCode.failure,
      `The report ${path} cannot be written: ${errnoInWords(cause)}. Name another file with --report.`,
      { cause }
    );
  });
  let failed: string | undefined;
  file.on("error", (error) => {
    failed ??= errnoInWords(error);
  });
  return {
    add: (rejection: Rejection): void => {
      if (failed === undefined) file.write(`${jsonLine(withoutValues(rejection))}\n`);
    },
    /** Resolves once what was added is nearly all written: what comes faster than that would fill the memory. */
    drained: () => untilDrained(file),
    /** Resolves to why the file is not whole, where it is not. */
    close: async (): Promise<string | undefined> => {
      file.end();
      await finished(file).catch(() => {});
      return failed;
    }
  };
};
