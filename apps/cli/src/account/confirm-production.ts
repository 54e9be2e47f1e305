import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext } from "../lifecycle/run-command.ts";
import { confirm } from "../output/ask.ts";
import { stateFolder } from "../state/folders.ts";
import { replaceFile } from "../state/replace-file.ts";
import { isProduction, type ChosenServer } from "./server.ts";

/** Where it is written down whose health records may be written into: one line a profile. */
const confirmationsPath = () => join(stateFolder(), "production-confirmed");

const readConfirmations = async (): Promise<ReadonlyArray<string>> => {
  const text = await readFile(confirmationsPath(), "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
};

const writeConfirmation = async (account: string): Promise<void> => {
  const lines = [...(await readConfirmations()), account];
  await replaceFile(confirmationsPath(), `${lines.join("\n")}\n`);
};

/**
 * Makes sure that a person means it, the first time that something is written into an account at the production Tidepool. What
 * was confirmed once is not asked again for this profile; `--yes` is for scripts, and is not remembered.
 */
export const confirmProduction = async (
  what: string,
  server: ChosenServer,
  { yes }: { readonly yes: boolean },
  { interactive, signal }: Pick<CommandContext, "interactive" | "signal">
): Promise<void> => {
  const account = `${server.key} ${server.profile.name}`;
  if (yes || !isProduction(server) || (await readConfirmations()).includes(account)) return;
  if (!interactive) {
    throw usageError(
      "This writes into a real health record. Add --yes if that is meant, or --dry-run to see what it would do."
    );
  }
  if (!(await confirm(`Write ${what} into the production Tidepool, into a real health record?`, signal))) {
    throw new CommandError(exitCode.failure, "Nothing was sent.");
  }
  await writeConfirmation(account);
};
