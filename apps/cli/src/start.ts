import { keepMemorySteady } from "@tideway/core/node";
import type { ExitCode } from "./lifecycle/exit-code.ts";
import { run } from "./run.ts";

/** Runs one command line in a process of its own; resolves to its exit code. */
export const start = (args: ReadonlyArray<string>): Promise<ExitCode> => {
  keepMemorySteady();
  return run(args);
};
