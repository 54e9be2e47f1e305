import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { usageError } from "../lifecycle/command-error.ts";
import { writeStderr } from "./standard-streams.ts";
import { terminalText } from "./terminal-text.ts";

/** Asks on stderr, so that a pipe on stdout gets the answer of the command only. */
export const ask = async (
  question: string,
  { hidden = false, signal }: { readonly hidden?: boolean; readonly signal: AbortSignal }
): Promise<string> => {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: hidden ? silent : process.stderr, terminal: true });
  // Without this, an answer that can no longer come is waited for until Node itself gives up (exit code 13).
  const ended = new Promise<never>((_, reject) => {
    lines.once("close", () => reject(usageError("Standard input has ended: nothing can be asked.")));
  });
  // readline takes Ctrl-C for itself while it asks.
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const shown = terminalText(question);
    if (hidden) writeStderr(shown);
    const answer = await Promise.race([lines.question(hidden ? "" : shown, { signal }), ended]);
    if (hidden) writeStderr("\n");
    return answer;
  } finally {
    lines.close();
  }
};

/** Asks for a yes; anything else is a no. */
export const confirm = async (question: string, signal: AbortSignal): Promise<boolean> =>
  /^y(es)?$/iu.test((await ask(`${question} [y/N] `, { signal })).trim());

/** The first line of standard input: for a password that a script pipes in. */
export const readFirstLine = async (signal: AbortSignal): Promise<string> => {
  if (process.stdin.readableEnded) return "";
  const lines = createInterface({ input: process.stdin, signal });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
  }
};
