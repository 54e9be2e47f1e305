import { untilDrained, writeStderr, writeStdout } from "./standard-streams.ts";
import { jsonLine, terminalText } from "./terminal-text.ts";

/** How much a command says, and to whom. */
export interface OutputOptions {
  /** One JSON object a line on stdout, the last of them the result. */
  readonly json: boolean;
  /** Nothing where all goes well. */
  readonly quiet: boolean;
}

/**
 * Where a command speaks: the answer goes to stdout, all else to stderr. Each text is one line, and whatever it holds, it
 * does nothing to a terminal but show.
 */
export interface Output extends OutputOptions {
  /** Lines for people, on stderr. */
  say(...lines: ReadonlyArray<string>): void;
  /** Lines for people that `--quiet` does not silence, on stderr. */
  warn(...lines: ReadonlyArray<string>): void;
  /** What was done, for people, on stdout; nothing under `--json` and `--quiet`. */
  answer(...lines: ReadonlyArray<string>): void;
  /** What was asked for, for people and pipes, on stdout; nothing under `--json`. */
  value(...lines: ReadonlyArray<string>): void;
  /** Something that happened, for programs: a line on stdout under `--json`, nothing else. */
  event(event: { readonly type: string; readonly [key: string]: unknown }): void;
  /** Resolves once whoever reads stdout has caught up: what is written faster than it is read would fill the memory. */
  drained(): Promise<void>;
}

const asLines = (lines: ReadonlyArray<string>): string => lines.map((line) => `${terminalText(line)}\n`).join("");

/** The output of this process. */
export const createOutput = ({ json, quiet }: OutputOptions): Output => ({
  json,
  quiet,
  say: (...lines) => {
    if (!quiet) writeStderr(asLines(lines));
  },
  warn: (...lines) => writeStderr(asLines(lines)),
  answer: (...lines) => {
    if (!json && !quiet) writeStdout(asLines(lines));
  },
  value: (...lines) => {
    if (!json) writeStdout(asLines(lines));
  },
  event: (event) => {
    if (json) writeStdout(`${jsonLine(event)}\n`);
  },
  drained: () => untilDrained(process.stdout)
});
