import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient, type Datum } from "@tideway/core";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { sampleDatums } from "@tideway/sandbox/sample";
import { createTransport, fixedToken } from "@tideway/transport";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, asAnn } from "./readings.ts";
import { createCli } from "./run-cli.ts";

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
const samples = [
  ...sampleDatums({ seed: "report", days: 20, end: "2026-03-10T00:00:00Z" })
] as unknown as ReadonlyArray<Datum>;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
  const transport = createTransport({ environment: server.url, credentials: fixedToken("anns-token") });
  for (const name of ["org.example.one", "org.example.two"]) {
    await createClient({ transport, userId: ann.userId, app: { name, version: "1.0.0" } }).upload(samples);
  }
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

describe("tideway report", { timeout: 300_000 }, () => {
  it("is one sheet of a file that needs nothing else, and the same numbers as text", async () => {
    writeFileSync(join(cli.home, "sample.ndjson"), samples.map((datum) => JSON.stringify(datum)).join("\n"));
    const page = await cli.run(["report", "sample.ndjson", "--show", "mmol/L"]);
    expect(page).toMatchObject({ code: 0, stdout: "tideway-report.html\n" });
    const html = readFileSync(join(cli.home, "tideway-report.html"), "utf8");
    expect(html).toMatch(/^<!doctype html>/u);
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)|@import|url\(/u);
    expect(html).toContain("Ambulatory glucose profile (AGP), mmol/L");
    expect(html.match(/<svg/gu)).toHaveLength(2 + 14);
    expect(html).not.toMatch(/NaN|undefined/u);
    const text = await cli.run(["report", "sample.ndjson", "--text", "--days", "14"]);
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/^AGP report: .*, 14 days \(UTC/u);
    expect(text.stdout).toMatch(/Mean glucose +\d+ mg\/dL/u);
  });

  it("is the same of the account, where it is there once", async () => {
    const args = ["--from", "2026-03-01", "--to", "2026-03-09", "--timezone", "America/New_York", "--json", "--text"];
    const [ofFile, ofAccount] = await Promise.all([
      cli.run(["report", "sample.ndjson", ...args]),
      cli.run(["report", ...args], { env: asAnn(server) })
    ]);
    const [file, account] = [ofFile, ofAccount].map((run) => run.events().at(-1)!["summary"] as Record<string, number>);
    expect(account!["mean"]).toBeCloseTo(file!["mean"]!, 1);
    expect(account!["days"]).toBe(9);
    expect(
      await cli.run(["report", "--from", "2020-01-01", "--to", "2020-01-02"], { env: asAnn(server) })
    ).toMatchObject({ code: 6 });
  });

  it("session doctor finds that two apps have sent the same", async () => {
    const run = await cli.run(["session", "doctor"], { env: asAnn(server) });
    expect(run.code).toBe(3);
    expect(run.stdout).toContain("of the same readings and boluses");
    expect(run.stdout).toContain("What to do:");
  });
});
