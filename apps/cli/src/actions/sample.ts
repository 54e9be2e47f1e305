import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sampleDatums } from "@tideway/sandbox/sample";
import type { SampleOptions } from "../commands/sample.ts";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { errnoInWords } from "../lifecycle/errno-in-words.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { counted } from "../output/in-words.ts";
import { writeStdout } from "../output/standard-streams.ts";

/** Midnight before a moment, so that all files of one day are the same. */
const midnight = (now: number): string => `${new Date(now).toISOString().slice(0, 10)}T00:00:00.000Z`;

/** Writes data of an invented person to a file. */
export const sample = async (options: SampleOptions, { output, signal }: CommandContext): Promise<Outcome> => {
  const { file, days, seed, force } = options;
  if (days < 1 || days > 3650) throw usageError("--days has to be 1 to 3650.");
  let count = 0;
  const lines = function* () {
    for (const datum of sampleDatums({ days, end: midnight(Date.now()), ...(seed === undefined ? {} : { seed }) })) {
      count++;
      yield `${JSON.stringify(datum)}\n`;
    }
  };
  if (file === "-") {
    for (const line of lines()) {
      if (!output.json) writeStdout(line);
      if (count % 1000 === 0) await output.drained();
      signal.throwIfAborted();
    }
    return { result: { datums: count } };
  }
  try {
    await pipeline(Readable.from(lines()), createWriteStream(file, { flags: force ? "w" : "wx" }), { signal });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") {
      throw usageError(`${file} is there already: name another file, or add --force to write over it.`);
    }
    if ((cause as Error).name === "AbortError") throw cause;
    throw new CommandError(exitCode.failure, `${file} cannot be written: ${errnoInWords(cause)}.`, { cause });
  }
  return {
    answer: [
      `${file} holds ${counted(count, "datum")} of ${counted(days, "day")} of an invented person.`,
      `Look at it with \`tideway inspect ${file}\`, upload it with \`tideway upload ${file}\`.`
    ],
    result: { file, datums: count, days }
  };
};
