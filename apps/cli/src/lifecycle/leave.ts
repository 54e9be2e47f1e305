import { flushStandardStreams, stdoutFailure, writeStderr } from "../output/standard-streams.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";

const signals: Readonly<Partial<Record<ExitCode, NodeJS.Signals>>> = {
  [exitCode.interrupted]: "SIGINT",
  [exitCode.terminated]: "SIGTERM"
};

/** Milliseconds that whoever reads has to take the last words of a command that was stopped. */
const patience = 1000;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Resolves once all that was said is out, or nobody has taken it for a second. */
export const saidAtLast = async (): Promise<void> => {
  await Promise.race([flushStandardStreams(), pause(patience)]);
};

/** Whether a thread of Node's waits for the operating system: the end of the process would wait for it, too. */
const isWaitedFor = () => process.getActiveResourcesInfo().some((name) => name.startsWith("FSReq"));

/**
 * Ends the process, once all that was said is out. A command that was stopped ends in any case: where nobody reads on, or a
 * file that hangs would hold it up.
 */
export const leave = async (code: ExitCode): Promise<never> => {
  const signal = signals[code];
  if (signal === undefined) await flushStandardStreams();
  else {
    await saidAtLast();
    if (isWaitedFor()) await pause(patience);
    if (isWaitedFor()) process.kill(process.pid, signal);
  }
  const failure = stdoutFailure();
  if (failure === undefined) return process.exit(code);
  writeStderr(`tideway: ${failure}\n`);
  await flushStandardStreams();
  process.exit(code === exitCode.success || code === exitCode.partial ? exitCode.failure : code);
};
