import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { CommandError } from "../lifecycle/command-error.ts";
import { errnoInWords } from "../lifecycle/errno-in-words.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { untilDrained } from "./standard-streams.ts";

/** A file that gets datums, one a line. Only its owner may read it. */
export const openDatumsFile = async (path: string) => {
  const file = createWriteStream(path, { mode: 0o600 });
  await once(file, "open").catch((cause: unknown) => {
    throw new CommandError(
      exitCode.failure,
      `${path} cannot be written: ${errnoInWords(cause)}. Name another file with --out.`,
      { cause }
    );
  });
  let failed: string | undefined;
  file.on("error", (error) => {
    failed ??= errnoInWords(error);
  });
  return {
    /** Takes the text of a JSON array. */
    add: (datums: string): void => {
      if (failed !== undefined) return;
      for (const datum of JSON.parse(datums) as ReadonlyArray<unknown>) file.write(`${JSON.stringify(datum)}\n`);
    },
    drained: () => untilDrained(file),
    /** Resolves to why the file is not whole, where it is not. */
    close: async (): Promise<string | undefined> => {
      file.end();
      await finished(file).catch(() => {});
      return failed;
    }
  };
};
