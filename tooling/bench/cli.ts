import { spawnSync } from "node:child_process";
import { createCli } from "../integration/cli/run-cli.ts";
import type { Bench } from "./bench.ts";

const rounds = 15;

const median = (times: ReadonlyArray<number>): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

/** How long `tideway` takes to say its version and its help, in times of a Node that does nothing. */
export const bench: Bench = {
  name: "cli",
  run: async (say) => {
    const cli = await createCli();
    try {
      const commands = {
        "node -e 0": ["-e", "0"],
        "tideway --version": [cli.program, "--version"],
        "tideway --help": [cli.program, "--help"],
        "tideway upload --help": [cli.program, "upload", "--help"]
      };
      const times = new Map<string, Array<number>>(Object.keys(commands).map((name) => [name, []]));
      const env = { PATH: process.env["PATH"], HOME: cli.home, XDG_CACHE_HOME: `${cli.home}/.cache` };
      // In turns, so that a busy moment of the machine falls on all of them; the first turn fills Node's compile cache.
      for (let round = 0; round <= rounds; round++) {
        for (const [name, args] of Object.entries(commands)) {
          const begun = performance.now();
          const { status, stderr } = spawnSync(process.execPath, args, { env });
          if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.toString()}`);
          if (round > 0) times.get(name)!.push(performance.now() - begun);
        }
      }
      const least = median(times.get("node -e 0")!);
      for (const [name, all] of times) {
        say(`${name}: ${median(all).toFixed(0)} ms, ${(median(all) / least).toFixed(2)} times node -e 0`);
      }
    } finally {
      cli.remove();
    }
  }
};
