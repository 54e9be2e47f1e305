import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Check } from "./checks.ts";

/** What came of one check. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
  readonly seconds: number;
}

/** Runs a check with the tools of this repository in PATH; its output is kept for the case that it fails. */
export const runCheck = (root: string, { command }: Check): Promise<Outcome> =>
  new Promise((resolve) => {
    const start = performance.now();
    const [program = "", ...args] = command;
    const child = spawn(join(root, "node_modules", ".bin", program), args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: "0", TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32"
    });
    const pieces: Array<Buffer> = [];
    child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
    child.stderr.on("data", (piece: Buffer) => pieces.push(piece));
    const end = (ok: boolean, more: string) =>
      resolve({ ok, output: Buffer.concat(pieces).toString() + more, seconds: (performance.now() - start) / 1000 });
    child.on("error", (error) => end(false, error.message));
    child.on("close", (code) => end(code === 0, ""));
  });
