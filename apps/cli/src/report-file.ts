import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Rejection } from "@tideway/core";
import { CommandError } from "./command-error.ts";
import { exitCode } from "./exit-code.ts";

/** A rejection without the values that stood in the datum: they are health values. */
export const withoutValues = ({ issues, ...rejection }: Rejection) => ({
  ...rejection,
  issues: issues.map(({ pointer, code, message }) => ({ pointer, code, message }))
});

/** A file that gets every rejection as a line of JSON. */
export const openReport = async (path: string) => {
  const file = createWriteStream(path, { mode: 0o600 });
  try {
    await once(file, "open");
  } catch (error) {
    throw new CommandError(exitCode.failure, `Cannot write ${path}: ${(error as Error).message}.`, { cause: error });
  }
  let failed: Error | undefined;
  file.on("error", (error) => (failed = error));
  return {
    add: (rejection: Rejection): void => {
      if (!failed) file.write(`${JSON.stringify(withoutValues(rejection))}\n`);
    },
    /** Resolves to why the file is not whole, where it is not. */
    close: async (): Promise<Error | undefined> => {
      file.end();
      await finished(file).catch((error: Error) => (failed ??= error));
      return failed;
    }
  };
};
