import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ann, asAnn, reading, storedIds } from "./readings.ts";
import { createCli } from "./run-cli.ts";

// `TIDEWAY_KILLED_DATUMS=500000` for a long record.
const count = Number(process.env["TIDEWAY_KILLED_DATUMS"] ?? 15_000);

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

it(`an upload of ${count} datums that was killed in its middle ends with the right data and a true report`, async () => {
  const path = join(cli.home, "long.ndjson");
  const lines = function* () {
    for (let index = 0; index < count; index++) yield `${JSON.stringify(reading(index))}\n`;
  };
  await pipeline(lines(), createWriteStream(path));
  const args = ["upload", path, "--app", "org.example.killed", "--json"];
  const killed = await cli.run(args, {
    env: asAnn(server),
    onOutput: ({ stdout }, interrupt) => {
      const acknowledged = stdout.match(/"type":"progress"/gu)?.length ?? 0;
      if (acknowledged * 1000 >= count / 3) interrupt("SIGKILL");
    }
  });
  expect(killed.code).toBeNull();
  const before = (await storedIds(server, "org.example.killed")).length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(count);
  const again = await cli.run(args, { env: asAnn(server) });
  expect(again.code).toBe(0);
  const result = again.events().at(-1)!;
  expect(result).toMatchObject({ type: "result", status: "success", read: count, rejected: 0, skipped: 0 });
  expect(Number(result["sent"]) + Number(result["unchanged"])).toBe(count);
  const ids = await storedIds(server, "org.example.killed");
  expect(ids.length).toBe(count);
  expect(new Set(ids).size).toBe(count);
}, 900_000);
