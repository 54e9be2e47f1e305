import { execFile, spawn } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installConsumer } from "../consumers/install-consumer.ts";
import { dependenciesOf } from "./example-dependencies.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** What a program said and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An example outside the workspace, with our packages as npm installs them. */
export interface Example {
  readonly folder: string;
  /** What the compiler finds wrong with it, by its own strict options. */
  readonly compile: () => Promise<string>;
  /** Runs its `src/main.ts` to its end. */
  readonly run: (args: ReadonlyArray<string>, env: Record<string, string>) => Promise<Ended>;
  /** Starts its `src/main.ts`, and resolves once that has printed a line that matches. */
  readonly start: (
    env: Record<string, string>,
    line: RegExp
  ) => Promise<{ readonly match: RegExpExecArray; readonly stop: () => Promise<Ended> }>;
}

/** Copies an example to where our packages are installed, without what it has in the workspace. */
export const openExample = async (name: string): Promise<Example> => {
  const { folder: root } = await installConsumer("examples", dependenciesOf(repository));
  const folder = join(root, "examples", name);
  mkdirSync(folder, { recursive: true });
  const ownOnly = (path: string) => !["node_modules", "dist"].includes(basename(path));
  cpSync(join(import.meta.dirname, name), folder, { recursive: true, filter: ownOnly });

  const launch = (args: ReadonlyArray<string>, env: Record<string, string>) => {
    const { PATH = "", SystemRoot = "" } = process.env;
    const child = spawn(process.execPath, ["src/main.ts", ...args], {
      cwd: folder,
      env: { PATH, SystemRoot, NODE_NO_WARNINGS: "1", ...env }
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
    child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
    const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
    return { child, ended, printed: () => stdout };
  };

  return {
    folder,
    compile: () =>
      new Promise((resolve) => {
        const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
        execFile(process.execPath, [compiler, "-p", "."], { cwd: folder }, (_, stdout, stderr) =>
          resolve(stdout + stderr)
        );
      }),
    run: (args, env) => launch(args, env).ended,
    start: async (env, line) => {
      const { child, ended, printed } = launch([], env);
      const match = new Promise<RegExpExecArray>((resolve) => {
        child.stdout.on("data", () => {
          const found = line.exec(printed());
          if (found) resolve(found);
        });
      });
      const early = ended.then(({ stderr }) => {
        throw new Error(`The program ended before its time. ${stderr}`);
      });
      const stop = () => {
        child.kill();
        return ended;
      };
      return { match: await Promise.race([match, early]), stop };
    }
  };
};
