import { exitCode, type ExitCode } from "./exit-code.ts";

/** A command cannot go on; the message is for the person who called it. */
export class CommandError extends Error {
  readonly _tag = "CommandError";
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CommandError";
    this.exitCode = exitCode;
  }
}

/** The command line asks for something that cannot be. */
export const usageError = (message: string): CommandError => new CommandError(exitCode.usage, message);
