import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { runFolderName } from "./run-folder.ts";

/** A process makes a folder where there is none; only one of several at once does. */
const isFirst = (folder: string): Promise<boolean> =>
  mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    }
  );

/**
 * Fills a folder that several test files use, once in a run of the tests: the first that asks does it, the others wait. Nobody
 * may write into it afterwards but files of its own. Outside of a run of the tests it is filled each time.
 */
export const onceInRun = async (name: string, fill: (folder: string) => Promise<void>): Promise<string> => {
  const run = process.env[runFolderName] ?? (await mkdtemp(join(tmpdir(), "tideway-once-")));
  const folder = join(run, name);
  const outcome = join(run, `${name}.outcome`);
  if (await isFirst(folder)) {
    const error = await fill(folder).then(
      () => "",
      (error: unknown) => String(error)
    );
    await writeFile(outcome, error === "" ? "done" : error);
  } else while (!existsSync(outcome)) await setTimeout(100);
  const said = await readFile(outcome, "utf8");
  if (said !== "done") throw new Error(`What the tests share could not be made (${name}): ${said}`);
  return folder;
};
