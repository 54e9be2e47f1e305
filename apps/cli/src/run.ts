import * as NodeServices from "@effect/platform-node/NodeServices";
import * as Cause from "effect/Cause";
import * as CliConfig from "effect/cli/CliConfig";
import { isCliError } from "effect/cli/CliError";
import * as CliOutput from "effect/cli/CliOutput";
import * as Command from "effect/cli/Command";
import * as GlobalFlag from "effect/cli/GlobalFlag";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import { versionFlag } from "./arguments/version-flag.ts";
import { exitCode, type ExitCode } from "./lifecycle/exit-code.ts";
import { Ended } from "./lifecycle/run-command.ts";
import { createOutput } from "./output/output.ts";
import { presenter } from "./output/presenter.ts";
import { resultEvent } from "./output/result-event.ts";
import { tideway } from "./tideway.ts";
import { version } from "./version.ts";

const layer = Layer.mergeAll(
  NodeServices.layer,
  CliConfig.layer({ builtIns: [GlobalFlag.Help, versionFlag] }),
  CliOutput.layerPresenter(presenter)
);

/** Runs one command line; resolves to its exit code. */
export const run = async (args: ReadonlyArray<string>): Promise<ExitCode> => {
  const exit = await Effect.runPromiseExit(Command.runWith(tideway, { version })(args).pipe(Effect.provide(layer)));
  if (Exit.isSuccess(exit)) return exitCode.success;
  const error = Cause.squash(exit.cause);
  if (error instanceof Ended) return error.exitCode;
  if (isCliError(error) && error._tag === "ShowHelp") {
    const { errors } = error;
    if (errors.length === 0) return exitCode.success;
    const message = errors.map((each) => each.message).join(" ");
    createOutput({ json: args.includes("--json"), quiet: true }).event(
      resultEvent("failure", { code: "usage", message })
    );
    return exitCode.usage;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  createOutput({ json: false, quiet: false }).warn(...`tideway: ${text}`.split("\n"));
  return exitCode.failure;
};
