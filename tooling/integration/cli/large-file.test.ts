import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createCli } from "./run-cli.ts";
import { writeReadings } from "./write-readings.ts";

let cli: Awaited<ReturnType<typeof createCli>>;
beforeAll(async () => {
  cli = await createCli();
});
afterAll(() => cli.remove());

it("a file so large that another thread reads it comes to the same as from a pipe", async () => {
  const file = join(cli.home, "large.ndjson");
  await writeReadings(file, 160_000);
  const good = readFileSync(file, "utf8");
  const bad = '{"type":"cbg","value":\n{"type":"nonsense"}\n';
  // In the middle and at the end: places have to be right on either side.
  const middle = good.indexOf("\n", good.length / 2) + 1;
  writeFileSync(file, good.slice(0, middle) + bad + good.slice(middle) + bad);
  const results: Array<unknown> = [];
  for (const input of [file, "-"]) {
    const stdin = input === "-" ? readFileSync(file, "utf8") : "";
    const { code, events, stderr } = await cli.run(["upload", input, "--dry-run", "--json"], { stdin });
    expect(code, stderr).toBe(3);
    const said = events();
    const refused = said.filter(({ type }) => type === "rejected");
    const { elapsed: _, formats: _named, ...result } = said.at(-1)!;
    expect(said.findLast(({ type }) => type === "progress")!["bytesRead"]).toBeGreaterThan(good.length * 0.9);
    results.push({ refused, result });
  }
  expect(results[0]).toEqual(results[1]);
  expect(results[0]).toMatchObject({ refused: { length: 4 }, result: { sent: 160_000, rejected: 4 } });
});
