import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createCli } from "../integration/cli/run-cli.ts";
import { writeReadings } from "../integration/cli/write-readings.ts";
import { startSink } from "../sink/start-sink.ts";
import type { Bench } from "./bench.ts";

const sizes = [10_000, 100_000, 1_000_000];

/** Peak resident memory of the whole `tideway upload` process, as files grow. */
export const bench: Bench = {
  name: "memory",
  run: async (say) => {
    const cli = await createCli();
    const sink = await startSink();
    const peakFile = join(cli.home, "peak");
    const hook = `import { writeFileSync } from "node:fs"; process.on("exit", () => writeFileSync(${JSON.stringify(peakFile)}, String(process.resourceUsage().maxRSS)));`;
    const env = {
      TIDEWAY_API: sink.url,
      TIDEPOOL_TOKEN: "bench",
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`
    };
    try {
      let before: number | undefined;
      for (const size of sizes) {
        const file = join(cli.home, `${size}.ndjson`);
        await writeReadings(file, size);
        const begun = performance.now();
        const args = ["upload", file, "--quiet", "--ledger", join(cli.home, `${size}.sqlite`)];
        const { code, stderr } = await cli.run(args, { env });
        if (code !== 0) throw new Error(`tideway ended with ${code}: ${stderr}`);
        const seconds = (performance.now() - begun) / 1000;
        const peak = Number(readFileSync(peakFile, "utf8")) / 1024;
        const growth = before === undefined ? "" : `, ${(peak / before).toFixed(2)} times that before`;
        before = peak;
        const title = `SQLite ledger, ${size.toLocaleString("en")} datums`;
        say(`${title}: peak ${peak.toFixed(0)} MB${growth}; ${seconds.toFixed(1)} s, start included`);
      }
    } finally {
      sink.stop();
      cli.remove();
    }
  }
};
