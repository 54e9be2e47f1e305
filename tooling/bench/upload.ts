import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundlePrograms } from "../bundle/bundle-programs.ts";
import { type Ids, writeReadings } from "../integration/cli/write-readings.ts";
import { startSink } from "../sink/start-sink.ts";
import type { Bench } from "./bench.ts";
import type { ContenderName } from "./upload/contenders.ts";

/** `TIDEWAY_BENCH=full` measures the growth up to 10,000,000 datums, which takes minutes and 3 GB of disk. */
const isFull = process.env["TIDEWAY_BENCH"] === "full";

interface Cost {
  readonly seconds: number;
  /** Peak memory in MB. */
  readonly peak: number;
}

interface Outcome extends Cost {
  readonly sent: number;
}

const run = promisify(execFile);

const median = (values: ReadonlyArray<number>) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Speed and memory of uploads, against a loop by hand, Tidepool's own client and the limit of the machine. */
export const bench: Bench = {
  name: "upload",
  run: async (say) => {
    const folder = mkdtempSync(join(tmpdir(), "tideway-bench-"));
    const sourceOf = (name: string) => join(import.meta.dirname, "upload", name);
    const program = await bundlePrograms([sourceOf("run.ts"), sourceOf("read-file.ts")], folder);
    const sink = await startSink();
    const slow = await startSink(50);
    const files = new Map<string, string>();
    const fileOf = async (size: number, ids: Ids = "counted") => {
      const name = `${size}-${ids}.ndjson`;
      const file = files.get(name) ?? join(folder, name);
      if (!files.has(name)) await writeReadings(file, size, ids);
      files.set(name, file);
      return file;
    };
    let ledgers = 0;
    const freshLedger = () => join(folder, `ledger-${ledgers++}.db`);
    const measureFile = async (name: ContenderName, file: string, url: string, ledger: string, rest: string) => {
      const args = ["--disable-warning=ExperimentalWarning", program, name, file, url, ledger, rest];
      return JSON.parse((await run(process.execPath, args)).stdout) as Outcome;
    };
    const measure = async (name: ContenderName, size: number, url = sink.url, ledger = freshLedger(), rest = "") =>
      measureFile(name, await fileOf(size), url, ledger, rest);
    try {
      const million = 1_000_000;
      const rounds = 3;
      const seconds = new Map<ContenderName, Array<number>>();
      const all = ["hand", "platform", "limit", "tideway", "ledger"] as const;
      // In turns, so that what else the machine does hits all of them.
      for (let round = 0; round < rounds; round++) {
        for (const name of all) {
          seconds.set(name, [...(seconds.get(name) ?? []), (await measure(name, million)).seconds]);
        }
      }
      const of = (name: ContenderName) => median(seconds.get(name)!);
      const titles = { hand: "by hand", platform: "tidepool-platform-client", limit: "bytes unread" };
      say(`${million.toLocaleString("en")} datums over loopback, no latency, median of ${rounds}:`);
      for (const name of all) {
        const title = name === "tideway" ? "Tideway" : name === "ledger" ? "Tideway, SQLite ledger" : titles[name];
        say(`  ${title.padEnd(26)} ${of(name).toFixed(2)} s, ${Math.round(million / of(name) / 1000)},000 datums/s`);
      }
      const times = (a: number, b: number) => (a / b).toFixed(2);
      say(`  Tideway is ${times(of("hand"), of("tideway"))} times as fast as by hand (aim: 1)`);
      say(`  Tideway is ${times(of("platform"), of("tideway"))} times as fast as the platform client (aim: 1)`);
      say(`  with the ledger ${times(of("hand"), of("ledger"))} times as fast as by hand (aim: 0.7)`);
      say(`  Tideway has ${times(of("limit"), of("tideway"))} of the limit's speed`);

      const far = {
        platform: await measure("platform", 200_000, slow.url),
        tideway: await measure("tideway", 200_000, slow.url)
      };
      say(`50 ms a request: ${times(far.platform.seconds, far.tideway.seconds)} times the platform client (aim: 3.5)`);

      const again: Array<number> = [];
      for (let round = 0; round < rounds; round++) {
        const ledger = freshLedger();
        const first = await measure("ledger", million, sink.url, ledger);
        const second = await measure("ledger", million, sink.url, ledger);
        if (second.sent > 0) throw new Error("What was unchanged was sent again.");
        again.push(first.seconds / second.seconds);
      }
      say(
        `1,000,000 unchanged datums: ${median(again).toFixed(2)} times as fast as the first upload (aim: 3), no data request`
      );

      const unordered = await fileOf(million, "hashed");
      const hashed: Array<number> = [];
      for (let round = 0; round < rounds; round++) {
        const { seconds: one } = await measureFile("ledger", unordered, sink.url, freshLedger(), "");
        hashed.push(one / (await measure("ledger", million)).seconds);
      }
      say(`ids without order: ${median(hashed).toFixed(2)} times as long with the SQLite ledger as counted ones`);

      const sizes = isFull ? [100_000, million, 10 * million] : [100_000, million];
      // V8's heap grows in a long run, whatever the program does: the hand-written loop grows by it, too.
      for (const rest of ["steady", ""]) {
        let smallest: Cost | undefined;
        let before: Cost | undefined;
        say(rest === "" ? "left to V8:" : "with V8's heap kept from growing (keepMemorySteady), as the CLI does:");
        for (const count of sizes) {
          const outcomes: Array<Outcome> = [];
          for (let round = 0; round < rounds; round++) {
            outcomes.push(await measure("tideway", count, sink.url, freshLedger(), rest));
          }
          const outcome: Cost = {
            seconds: median(outcomes.map((one) => one.seconds)),
            peak: median(outcomes.map((one) => one.peak))
          };
          const growth = before ? `, ${times(outcome.seconds, before.seconds)} times as long` : "";
          const memory = smallest ? `, ${times(outcome.peak, smallest.peak)} times the memory of 100,000` : "";
          say(
            `  ${count.toLocaleString("en")} datums: ${outcome.seconds.toFixed(1)} s${growth}; peak ${outcome.peak.toFixed(0)} MB${memory}`
          );
          smallest ??= outcome;
          before = outcome;
        }
      }
    } finally {
      sink.stop();
      slow.stop();
      rmSync(folder, { recursive: true });
    }
  }
};
