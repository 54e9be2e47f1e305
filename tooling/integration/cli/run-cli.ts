import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildCli } from "./build-cli.ts";

/** What a run of the command left behind. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of stdout as JSON. */
  readonly events: () => ReadonlyArray<{ readonly type: string; readonly [key: string]: unknown }>;
}

/** How to run it. */
export interface CliOptions {
  readonly env?: { readonly [name: string]: string };
  readonly stdin?: string;
  /** Whether more input may still come, as from a program that goes on running. */
  readonly keepStdinOpen?: boolean;
  /** Called whenever some more was written; `interrupt` sends a signal, Ctrl-C's where none is named. */
  readonly onOutput?: (
    said: { readonly stdout: string; readonly stderr: string },
    interrupt: (signal?: NodeJS.Signals) => void
  ) => void;
}

/** Collects what a child says, and when it ends. */
const watch = (child: ChildProcessWithoutNullStreams, { stdin = "", keepStdinOpen = false, onOutput }: CliOptions) =>
  new Promise<CliRun>((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    let interrupted = false;
    const interrupt = (signal: NodeJS.Signals = "SIGINT") => {
      // The second one would end it at once.
      if (!interrupted) child.kill(signal);
      interrupted = true;
    };
    const tell = () => onOutput?.({ stdout, stderr }, interrupt);
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      tell();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
      tell();
    });
    child.on("error", reject);
    child.on("close", (code) => {
      const events = () =>
        stdout
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as { readonly type: string });
      resolve({ code, stdout, stderr, events });
    });
    child.stdin.on("error", () => undefined);
    child.stdin.write(stdin);
    if (!keepStdinOpen) child.stdin.end();
  });

/** `tideway` bundled as users get it, with a home folder of its own. */
export const createCli = async () => {
  const home = mkdtempSync(join(tmpdir(), "tideway-cli-"));
  const { folder, program } = await buildCli();
  // A program of its own for shells, so that what they start and end is the program itself.
  const bin = join(home, "bin");
  mkdirSync(bin);
  const quiet = "--disable-warning=ExperimentalWarning";
  const wrapper = `#!/bin/sh\nexec '${process.execPath}' ${quiet} '${program}' "$@"\n`;
  writeFileSync(join(bin, "tideway"), wrapper, { mode: 0o755 });
  const start = (command: string, args: ReadonlyArray<string>, { env = {} }: CliOptions) =>
    spawn(command, args, {
      env: {
        PATH: `${bin}:${process.env["PATH"]}`,
        HOME: home,
        XDG_CACHE_HOME: join(home, ".cache"),
        TIDEWAY_KEYRING: "off",
        // It is started some hundred times: compiling it is half of each.
        NODE_COMPILE_CACHE: join(folder, "compiled"),
        CI: "1",
        ...env
      },
      cwd: home
    });
  /** A run whose streams the caller reads. */
  const spawnCli = (args: ReadonlyArray<string>, options: CliOptions = {}) =>
    start(process.execPath, [quiet, program, ...args], options);
  const run = (args: ReadonlyArray<string>, options: CliOptions = {}): Promise<CliRun> =>
    watch(spawnCli(args, options), options);
  /** Lines of a shell that knows the command `tideway`: for redirections. */
  const spawnShell = (script: string, options: CliOptions = {}) => start("sh", ["-c", script], options);
  const shell = (script: string, options: CliOptions = {}): Promise<CliRun> =>
    watch(spawnShell(script, options), options);
  return {
    home,
    program,
    run,
    shell,
    spawn: spawnCli,
    spawnShell,
    remove: () => rmSync(home, { recursive: true, force: true })
  };
};
