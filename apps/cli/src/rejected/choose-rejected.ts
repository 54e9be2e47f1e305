import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { listRejected, type RejectedFile } from "./rejected-store.ts";

/** The upload of that number in the list, or all of them; rejects where there is none. */
export const chooseRejected = async (number: number | undefined): Promise<ReadonlyArray<RejectedFile>> => {
  const all = await listRejected();
  if (number === undefined) {
    if (all.length > 0) return all;
    throw new CommandError(
      exitCode.failure,
      "Nothing that was refused is kept: all of it got in, or nothing was uploaded."
    );
  }
  const one = all[number - 1];
  if (one !== undefined) return [one];
  throw usageError(`There is no number ${number}: \`tideway rejected list\` shows ${all.length}.`);
};
