import type { UnreadableInput } from "@tideway/sources";
import type { CommandError } from "./command-error.ts";
import { errnoInWords } from "./errno-in-words.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";

/** An error in the words and the exit code that the caller of a command gets. */
export interface Failure {
  readonly exitCode: ExitCode;
  /** A stable word for programs. */
  readonly code: string;
  readonly message: string;
}

const transportCodes: Readonly<Record<string, ExitCode>> = {
  Unreachable: exitCode.temporary,
  Unanswered: exitCode.temporary,
  Throttled: exitCode.temporary,
  ServerFailed: exitCode.temporary,
  Unauthenticated: exitCode.login
};

/** What helps where nobody is let in: it depends on who was to be let in. */
const loginHint = (message: string): string => {
  if (message.includes("e-mail address")) return "";
  return process.env["TIDEPOOL_TOKEN"]
    ? " TIDEPOOL_TOKEN is set and was used: check TIDEPOOL_TOKEN."
    : " `tideway login` does that.";
};

/** What a Nightscout site's failure means. */
const siteCodes: Readonly<Record<string, ExitCode>> = {
  unauthorized: exitCode.login,
  forbidden: exitCode.login,
  unreachable: exitCode.temporary,
  unavailable: exitCode.temporary,
  "not-nightscout": exitCode.input
};

const siteFailure = ({ code, message }: { readonly code: string; readonly message: string }): Failure => {
  const hint =
    code === "unauthorized"
      ? " Set NIGHTSCOUT_TOKEN or NIGHTSCOUT_API_SECRET, or run `tideway sync` in a terminal to be asked; --forget-login deletes what was kept."
      : "";
  return { exitCode: siteCodes[code] ?? exitCode.failure, code: `nightscout-${code}`, message: `${message}${hint}` };
};

/** Errors that only say where another one came up. */
const wrappers = new Set(["UploadStopped", "SourceFailed"]);

const tagOf = (error: object): string => ("_tag" in error && typeof error._tag === "string" ? error._tag : "Failure");

/** The operating system's own, about a file that nobody knew would fail. */
const isSystemError = (error: Error): error is NodeJS.ErrnoException => "errno" in error && "syscall" in error;

/** What the caller is told of an error, whatever it is. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof Error && wrappers.has(tagOf(error)) && error.cause instanceof Error)
    return failureOf(error.cause);
  if (!(error instanceof Error)) return { exitCode: exitCode.failure, code: "Failure", message: String(error) };
  if (isSystemError(error)) {
    const { path = "A file", code = "Failure" } = error;
    return { exitCode: exitCode.failure, code, message: `${path} cannot be used: ${errnoInWords(error)}.` };
  }
  const tag = tagOf(error);
  // By their tags: what comes from another thread has lost its class.
  if (tag === "CommandError") return { exitCode: (error as CommandError).exitCode, code: tag, message: error.message };
  if (tag === "UnreadableInput")
    return { exitCode: exitCode.input, code: (error as UnreadableInput).code, message: error.message };
  if (tag === "NightscoutError") return siteFailure(error as Error & { readonly code: string });
  if (tag === "AnswersNeeded" || tag === "InvalidOption")
    return { exitCode: exitCode.usage, code: tag, message: error.message };
  const hint = tag === "Unauthenticated" ? loginHint(error.message) : "";
  const unreachable =
    tag === "Unreachable" && /\/\/(?:127\.|localhost|\[::1\])/u.test(error.message)
      ? " Is the sandbox running? `tideway sandbox` starts one."
      : "";
  // The ledger is another run's, or a network that wants a login of its own has answered.
  const isTemporary =
    ("isBusy" in error && error.isBusy === true) || ("isTemporary" in error && error.isTemporary === true);
  return {
    exitCode: isTemporary ? exitCode.temporary : (transportCodes[tag] ?? exitCode.failure),
    code: tag,
    message: `${error.message}${unreachable}${hint}`
  };
};
