import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Ledger } from "@tideway/core";
import { createSqliteLedger } from "@tideway/core/node";
import { makePrivateFolder } from "@tideway/transport/node";
import { isSameFile } from "../input/file-identity.ts";
import { CommandError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { Output } from "../output/output.ts";
import { stateFolder } from "./folders.ts";
import { keepTrue } from "./keep-true.ts";

/** Where the ledger is, unless another place was named. */
export const defaultLedgerPath = (): string => join(stateFolder(), "ledger.sqlite");

const open = (path: string, { warn }: Pick<Output, "warn">): Ledger =>
  createSqliteLedger(path, {
    onPutAside: (aside) =>
      warn(
        `tideway: ${path} is damaged, or no memory of what was sent: it is now ${aside}, and everything is sent again.`
      )
  });

/** The default ledger, where there is one that is not the named one. */
const otherThan = async (path: string): Promise<string | undefined> => {
  let usual: string;
  try {
    usual = defaultLedgerPath();
  } catch {
    return undefined;
  }
  return existsSync(usual) && !(await isSameFile(usual, path)) ? usual : undefined;
};

/**
 * The ledger in a file, in the default one where none is named; its folder is made where there is none. Says where a damaged
 * one is put. With another file the default ledger stays true, too: nothing that was sent since is taken for unchanged there.
 */
export const openLedger = async (named: string | undefined, output: Pick<Output, "warn">): Promise<Ledger> => {
  const path = named ?? defaultLedgerPath();
  try {
    await makePrivateFolder(dirname(resolve(path)));
  } catch (error) {
    throw new CommandError(
      exitCode.failure,
      `What is sent cannot be remembered in ${path}. ${(error as Error).message} Name another place with --ledger FILE or XDG_STATE_HOME.`,
      { cause: error }
    );
  }
  const ledger = open(path, output);
  const usual = named === undefined ? undefined : await otherThan(path);
  return usual === undefined ? ledger : keepTrue(ledger, open(usual, output));
};

/** The ledger that there is already, if any: for a command that only corrects it. */
export const findLedger = async (
  named: string | undefined,
  output: Pick<Output, "warn">
): Promise<Ledger | undefined> => {
  const path = named ?? (await otherThan(""));
  return path !== undefined && existsSync(path) ? openLedger(path, output) : undefined;
};
