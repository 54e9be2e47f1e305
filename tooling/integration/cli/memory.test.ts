import { statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startSink } from "../../sink/start-sink.ts";
import { createCli } from "./run-cli.ts";
import { writeReadings } from "./write-readings.ts";

let cli: Awaited<ReturnType<typeof createCli>>;
let sink: Awaited<ReturnType<typeof startSink>>;
beforeAll(async () => {
  [cli, sink] = await Promise.all([createCli(), startSink()]);
});
afterAll(() => {
  sink.stop();
  cli.remove();
});

it("a file larger than all the memory that the upload may use goes through", async () => {
  const file = join(cli.home, "large.ndjson");
  await writeReadings(file, 330_000);
  const heap = 64;
  expect(statSync(file).size).toBeGreaterThan(1.05 * heap * 2 ** 20);
  const env = {
    TIDEWAY_API: sink.url,
    TIDEPOOL_TOKEN: "anything",
    NODE_OPTIONS: `--max-old-space-size=${heap} --max-semi-space-size=8`
  };
  const { code, stdout, stderr } = await cli.run(["upload", file], { env });
  expect(code, stderr).toBe(0);
  expect(stdout).toContain("330,000 datums sent.");
});
