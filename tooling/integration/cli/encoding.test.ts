import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ann, asAnn } from "./readings.ts";
import { createCli } from "./run-cli.ts";

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const food = (id: string, name: string) =>
  `${JSON.stringify({ type: "food", time: "2026-03-01T08:00:00Z", name, origin: { id } })}\n`;
const run = async (...args: ReadonlyArray<string>) => {
  const { code, stderr, stdout } = await cli.run(args, { env: asAnn(server) });
  return { code, said: stderr + stdout };
};

it("says that a file is not UTF-8 and what it may be, and reads it with --encoding", async () => {
  const file = join(cli.home, "latin.ndjson");
  const text = food("f-1", "Käse") + food("f-2", "Crème brûlée");
  writeFileSync(file, text, "latin1");
  const client = ["--app", "org.example.latin"];
  const refused = await run("upload", file, ...client);
  expect(refused.code).toBe(6);
  expect(refused.said).toContain("--encoding windows-1252");
  expect((await run("upload", file, ...client, "--encoding", "windows-1252")).code).toBe(0);
  expect((await run("verify", file, ...client, "--encoding", "windows-1252")).code).toBe(0);
  // The same in UTF-8 is what is there now.
  writeFileSync(join(cli.home, "utf8.ndjson"), text);
  expect((await run("verify", join(cli.home, "utf8.ndjson"), ...client, "--exact")).code).toBe(0);
});

it("sends nothing of a damaged record, tells it, and does not verify it", async () => {
  const file = join(cli.home, "damaged.ndjson");
  writeFileSync(file, food("d-1", "Brot") + food("d-2", "K\u00E4se") + food("d-3", "Ei"), "latin1");
  const client = ["--app", "org.example.damaged"];
  const sent = await run("upload", file, ...client);
  expect(sent.code).toBe(3);
  expect(sent.said).toMatch(/1 refused \(undecodable\), first at line 2/u);
  const verified = await run("verify", file, ...client);
  expect(verified.code).toBe(3);
  expect(verified.said).toContain("2 of 2 datums are in Tidepool as they should be");
});
