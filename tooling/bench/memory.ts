import { spawn } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createCli } from "../integration/cli/run-cli.ts";
import type { Bench } from "./bench.ts";

const sizes = [10_000, 100_000, 1_000_000];

function* lines(count: number) {
  const start = Date.UTC(2017, 0, 1);
  for (let index = 0; index < count; index++) {
    const time = new Date(start + index * 300_000).toISOString();
    const origin = { id: `reading-${index}`, name: "org.tideway.bench", type: "service" };
    const value = 60 + ((index * 7919) % 200);
    const deviceTime = time.slice(0, 19);
    const datum = {
      type: "cbg",
      time,
      deviceTime,
      timezoneOffset: 0,
      deviceId: "bench",
      units: "mg/dL",
      value,
      origin
    };
    yield `${JSON.stringify(datum)}\n`;
  }
}

const startSink = async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "sink/main.ts")], {
    stdio: ["ignore", "pipe", "inherit"]
  });
  const url = await new Promise<string>((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  return { url, stop: () => child.kill() };
};

/** Peak memory of `tideway upload`, of the whole process, as files grow. */
export const bench: Bench = {
  name: "memory",
  run: async (say) => {
    const cli = await createCli();
    const sink = await startSink();
    try {
      for (const ledger of [false, true]) {
        let least = 0;
        for (const size of sizes) {
          const file = join(cli.home, `${size}.ndjson`);
          await pipeline(Readable.from(lines(size)), createWriteStream(file));
          const peakFile = join(cli.home, "peak");
          const hook = `import { writeFileSync } from "node:fs"; process.on("exit", () => writeFileSync(${JSON.stringify(peakFile)}, String(process.resourceUsage().maxRSS)));`;
          const begun = performance.now();
          const memory = ledger ? ["--ledger", join(cli.home, `${size}.sqlite`)] : ["--no-ledger"];
          const args = ["upload", file, "--quiet", ...memory];
          const { code, stderr } = await cli.run(args, {
            env: {
              TIDEWAY_API: sink.url,
              TIDEPOOL_TOKEN: "bench",
              NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`
            }
          });
          if (code !== 0) throw new Error(`tideway ended with ${code}: ${stderr}`);
          const seconds = (performance.now() - begun) / 1000;
          const peak = Number(readFileSync(peakFile, "utf8")) / 1024;
          least ||= peak;
          const share = `${(peak / least).toFixed(2)} of the smallest`;
          const pace = `${Math.round(size / seconds).toLocaleString("en")} datums/s`;
          say(
            `${ledger ? "with ledger" : "no ledger  "}  ${size.toLocaleString("en").padStart(9)} datums: peak ${peak.toFixed(0)} MB (${share}), ${seconds.toFixed(1)} s, ${pace}`
          );
        }
      }
    } finally {
      sink.stop();
      cli.remove();
    }
  }
};
