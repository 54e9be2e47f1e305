import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startSink } from "../../sink/start-sink.ts";
import { createCli } from "./run-cli.ts";

// Some 400 bytes are told of each: kept in memory, they would be more than half as much again as the program takes.
const count = 100_000;

let cli: Awaited<ReturnType<typeof createCli>>;
let sink: Awaited<ReturnType<typeof startSink>>;
beforeAll(async () => {
  [cli, sink] = await Promise.all([createCli(), startSink()]);
  // Each refused.
  const lines: Array<string> = [];
  for (let index = 0; index < count; index++) {
    lines.push(`{"type":"cbg","time":"${index}","payload":{"a${index % 5000}":1},"value":${index % 7}}`);
  }
  writeFileSync(join(cli.home, "refused.ndjson"), `${lines.join("\n")}\n`);
});
afterAll(() => {
  sink.stop();
  cli.remove();
});

/** Peak resident memory of a process that still runs, in MB. */
const peakOf = (pid: number) =>
  Number(/VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

/** Runs an upload whose output is read at that many bytes each 10 ms, or freely; says what memory it took. */
const run = async (args: ReadonlyArray<string>, bytes: number | undefined) => {
  const env = { TIDEWAY_API: sink.url, TIDEPOOL_TOKEN: "anything" };
  const child = cli.spawn(["upload", join(cli.home, "refused.ndjson"), "--quiet", ...args], { env });
  let peak = 0;
  let last = "";
  let read = 0;
  const look = setInterval(() => {
    if (child.exitCode === null && child.pid !== undefined) peak = Math.max(peak, peakOf(child.pid));
  }, 50);
  const take = (chunk: Buffer) => {
    read += chunk.length;
    last = (last + chunk.toString()).slice(-20_000);
  };
  child.stdout.on("readable", () => {
    if (bytes !== undefined) return;
    for (let chunk: Buffer | null; (chunk = child.stdout.read() as Buffer | null) !== null;) take(chunk);
  });
  const drink =
    bytes === undefined
      ? undefined
      : setInterval(() => {
          const chunk = (child.stdout.read(bytes) ?? child.stdout.read()) as Buffer | null;
          if (chunk) take(chunk);
        }, 10);
  const [code] = (await once(child, "close")) as [number];
  clearInterval(look);
  clearInterval(drink);
  return { code, peak, read, result: last.trimEnd().split("\n").at(-1)! };
};

it.skipIf(!existsSync("/proc/self/status"))(
  "memory stays what it is when 100,000 refusals are read slowly",
  async () => {
    const free = await run(["--json"], undefined);
    const slow = await run(["--json"], 65_536);
    for (const { code, result, read } of [free, slow]) {
      expect(code).toBe(3);
      expect(read).toBeGreaterThan(count * 100);
      expect(JSON.parse(result)).toMatchObject({ type: "result", rejected: count });
      expect(result.length).toBeLessThan(100_000);
    }
    expect(slow.peak).toBeLessThan(1.25 * free.peak);
    expect(slow.peak).toBeLessThan(250);
  }
);
