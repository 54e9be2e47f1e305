import * as Data from "effect/Data";
import * as Effect from "effect/Effect";
import { createOutput, type Output, type OutputOptions } from "../output/output.ts";
import { resultEvent } from "../output/result-event.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { failureOf } from "./failure.ts";
import { onInterrupt, Overdue } from "./interrupt.ts";
import { saidAtLast } from "./leave.ts";

/** What a command gets to work with. */
export interface CommandContext {
  readonly output: Output;
  /** Fires at the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Whether there is a person who can be asked. */
  readonly interactive: boolean;
  /** Whether each request is told of. */
  readonly verbose: boolean;
  /** The profile named on the command line, if any. */
  readonly profile: string | undefined;
}

/** How a command ended well, or well enough. */
export interface Outcome {
  /** Default: success. */
  readonly exitCode?: ExitCode;
  /** What was done, for people: lines on stdout; under `--quiet` only where it did not go well, and then on stderr. */
  readonly answer?: ReadonlyArray<string>;
  /** What was asked for, for people and pipes, such as an id: lines on stdout, also under `--quiet`. */
  readonly value?: ReadonlyArray<string>;
  /** The answer for programs: members of the `result` line under `--json`. */
  readonly result: { readonly [key: string]: unknown };
}

const statusOf = (code: ExitCode) =>
  code === exitCode.success ? "success" : code === exitCode.partial ? "partial" : "failure";

const isInteractive = (input: boolean): boolean =>
  input && Boolean(process.stdin.isTTY && process.stderr.isTTY) && !process.env["CI"] && process.env["TERM"] !== "dumb";

/** Options that every command takes. */
export interface CommonOptions extends OutputOptions {
  /** Whether the person may be asked for what is missing. */
  readonly input: boolean;
  /** Whether requests are told of. */
  readonly verbose: boolean;
  /** The profile that was named. */
  readonly profile: string | undefined;
}

/** A command has ended with another exit code than 0, and everything has been said about it. */
export class Ended extends Data.TaggedError("Ended")<{ readonly exitCode: ExitCode }> {}

/** A command that was stopped throws this to say what had been done by then, and how to go on. */
export class Interrupted extends Error {}

/**
 * Runs a command and sees to its end: the answer or the error is told once, on the stream where it belongs, under `--json`
 * as exactly one last line of type `result`.
 */
export const runCommand = (
  options: CommonOptions,
  command: (context: CommandContext) => Promise<Outcome>
): Effect.Effect<void, Ended> =>
  Effect.promise(() => run(options, command)).pipe(
    Effect.flatMap((code) => (code === exitCode.success ? Effect.void : Effect.fail(new Ended({ exitCode: code }))))
  );

const interruptedMessage = (error: unknown) => (error instanceof Interrupted ? error.message : "Stopped.");

const run = async (
  options: CommonOptions,
  command: (context: CommandContext) => Promise<Outcome>
): Promise<ExitCode> => {
  const { verbose, profile } = options;
  const output = createOutput(options);
  const { signal, code: interruptedCode, overdue, endBySignal, dispose } = onInterrupt();
  try {
    const outcome = await Promise.race([
      command({ output, signal, interactive: isInteractive(options.input), verbose, profile }),
      // Something that hangs without an end, such as a file on a server that is gone, must not keep it from stopping.
      overdue
    ]);
    const code = outcome.exitCode ?? exitCode.success;
    const { answer = [], value = [] } = outcome;
    output.value(...value);
    output.answer(...answer);
    if (output.quiet && !output.json && code !== exitCode.success) output.warn(...answer);
    output.event(resultEvent(statusOf(code), outcome.result));
    return code;
  } catch (error) {
    const failure = signal.aborted
      ? { exitCode: interruptedCode(), code: "interrupted", message: interruptedMessage(error) }
      : failureOf(error);
    output.warn(`tideway: ${failure.message}`);
    output.event(resultEvent("failure", { code: failure.code, message: failure.message }));
    if (error instanceof Overdue) await saidAtLast().then(endBySignal);
    return failure.exitCode;
  } finally {
    dispose();
  }
};
