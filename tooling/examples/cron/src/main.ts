import {
  createClient,
  forUnattendedJobs,
  isTidewayError,
  isUnauthenticated,
  isUploadAborted,
  isUploadStopped
} from "@tideway/core";
import { createSqliteLedger, keepMemorySteady } from "@tideway/core/node";
import { AnswersNeeded, InvalidOption, openSource, UnreadableInput } from "@tideway/sources";
import { inputFiles } from "@tideway/sources/node";
import { createTransport, passwordLogin } from "@tideway/transport";

/** What the exit code tells cron, or systemd's `RestartForceExitStatus=`. */
const exitCode = { done: 0, failed: 1, usage: 2, partial: 3, login: 4, tryLater: 5, input: 6, stopped: 143 } as const;

/** A variable of the environment that the job cannot do without. */
const variable = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new InvalidOption(name, "is not set.");
  return value;
};

const upload = async (path: string, signal: AbortSignal): Promise<number> => {
  const timezone = process.env["TIDEWAY_TIMEZONE"];
  const source = await openSource(await inputFiles(path), { now: Date.now(), ...(timezone ? { timezone } : {}) });
  const credentials = passwordLogin({ email: variable("TIDEPOOL_EMAIL"), password: variable("TIDEPOOL_PASSWORD") });
  const transport = createTransport({ environment: variable("TIDEWAY_API"), credentials });
  const { userId } = await transport.currentUser({ signal });
  const client = createClient({
    ...forUnattendedJobs,
    transport,
    userId,
    app: { name: "org.example.cron", version: "1.0.0" },
    ledger: createSqliteLedger(variable("TIDEWAY_LEDGER"))
  });
  const receipt = await client.upload(() => source, {
    signal,
    onWait: ({ reason }) => console.error(reason),
    onRejected: ({ at, message }) => console.error(`${at}: ${message}`)
  });
  console.log(`${receipt.sent} sent, ${receipt.unchanged} unchanged, ${receipt.rejected} rejected`);
  return receipt.rejected > 0 ? exitCode.partial : exitCode.done;
};

/** The exit code for what went wrong. */
const codeOf = (error: unknown): number => {
  const cause = isUploadStopped(error) ? error.cause : error;
  if (isUploadAborted(error)) return exitCode.stopped;
  if (isUnauthenticated(cause)) return exitCode.login;
  if (cause instanceof InvalidOption) return exitCode.usage;
  if (cause instanceof UnreadableInput || cause instanceof AnswersNeeded) return exitCode.input;
  // A path that is not there, or that the job may not read.
  if (cause instanceof Error && "syscall" in cause && "path" in cause) return exitCode.input;
  return isTidewayError(cause) ? exitCode.tryLater : exitCode.failed;
};

const [path] = process.argv.slice(2);
const stopping = new AbortController();
process.once("SIGTERM", () => stopping.abort());
keepMemorySteady();
if (path === undefined) {
  console.error("Usage: node src/main.ts FILE-OR-FOLDER");
  process.exitCode = exitCode.usage;
} else {
  try {
    process.exitCode = await upload(path, stopping.signal);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = codeOf(error);
  }
}
