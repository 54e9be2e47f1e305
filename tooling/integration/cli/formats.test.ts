import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, asAnn } from "./readings.ts";
import { createCli } from "./run-cli.ts";

const samples = new URL("../../../../shared/samples/", import.meta.url);
const pathOf = (name: string) => fileURLToPath(new URL(name, samples));

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const run = async (command: string, args: ReadonlyArray<string>, stdin = "") => {
  const { code, stderr, stdout } = await cli.run([command, ...args], { env: asAnn(server), stdin });
  return { code, stdout, stderr };
};
const resultOf = async (command: string, args: ReadonlyArray<string>) => {
  const { stdout } = await run(command, [...args, "--json"]);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as Record<string, unknown>;
};

/** What people have, and the flags that it needs. */
const inputs: ReadonlyArray<{
  readonly name: string;
  readonly files: ReadonlyArray<string>;
  readonly timezone?: string;
}> = [
  { name: "clarity", files: ["dexcom-clarity/Clarity_Export_synthetic.csv"], timezone: "Europe/Bucharest" },
  { name: "libreview-us", files: ["libreview/us_mgdl_12h.csv"], timezone: "America/New_York" },
  { name: "libre-3", files: ["libreview/FreeStyle_Libre_3_synthetic.csv"], timezone: "Europe/Berlin" },
  { name: "carelink", files: ["carelink/guardian_connect_eu.csv"], timezone: "Europe/Rome" },
  { name: "glooko", files: ["glooko/anja-demo-data.zip"], timezone: "Europe/Berlin" },
  { name: "apple-health", files: ["apple-health/synthetic/export.zip"] },
  {
    name: "nightscout",
    files: ["entries", "treatments", "profile"].map((part) => `nightscout/iaps_nightscout_${part}.json`)
  },
  { name: "nightscout-csv", files: ["nightscout/iaps_entries_v1.csv"] },
  { name: "tidepool-export", files: ["tidepool/example-from-j-jellyfish.json"] }
];

describe.skipIf(!existsSync(samples))("files as people have them", () => {
  it.each(inputs)("$name is uploaded, verified, and not sent a second time", async ({ name, files, timezone }) => {
    const flags = timezone === undefined ? [] : ["--timezone", timezone];
    const args = [...files.map(pathOf), ...flags, "--app", `org.example.${name}`];
    const first = await resultOf("upload", [...args, "--yes"]);
    expect(first["sent"]).toBeGreaterThan(100);
    const { differences, matched, expected } = await resultOf("verify", args);
    expect({ differences, matched }).toEqual({ differences: [], matched: expected });
    expect(await resultOf("upload", args)).toMatchObject({ sent: 0, rejected: first["rejected"] });
  });

  it("says which flag is missing where a file does not tell the zone, and sends nothing", async () => {
    const { code, stderr } = await run("upload", [pathOf("libreview/us_mgdl_12h.csv"), "--app", "org.example.asked"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/row \d+.*--timezone ZONE/su);
    expect((await run("session", ["find", "--app", "org.example.asked"])).code).toBe(1);
  });

  it("a file of another format than JSON comes through a pipe, too", async () => {
    const text = readFileSync(pathOf("libreview/us_mgdl_12h.csv"), "utf8");
    const { code, stdout } = await run("inspect", ["-", "--timezone", "America/New_York"], text);
    expect(code).toBe(0);
    expect(stdout).toContain("Abbott LibreView CSV");
    expect(stdout).toMatch(/cbg +3,562/u);
  });

  it("a folder is read as the files in it", async () => {
    const inspected = await resultOf("inspect", [pathOf("nightscout")]);
    expect(inspected).toMatchObject({ status: "success", formats: [{ format: "Nightscout" }] });
  });

  it("inspect says format, devices, span, units, counts, time in range and gaps", async () => {
    const { code, stdout } = await run("inspect", [pathOf("tidepool/device-Tandem-G6.json")]);
    expect(code).toBe(0);
    for (const said of ["Tidepool JSON", "From 2019-05-24T", "UTC−240 min", "mmol/L", "cbg", "70–180", "Gaps of"]) {
      expect(stdout).toContain(said);
    }
  });
});

it("a file of an unknown format is refused with what it looks like", async () => {
  const { code, stderr } = await run("inspect", ["-"], "one;two;three\n1;2;3\n4;5;6\n");
  expect(code).toBe(6);
  expect(stderr).toContain("a table of 3 columns");
});

it("a table of no known format is read by a mapping, and a wrong mapping is told with its place", async () => {
  const mapping = { id: "my-diary", time: "When", records: [{ kind: "smbg", column: "Sugar (mg/dL)" }] };
  writeFileSync(join(cli.home, "right.json"), JSON.stringify(mapping));
  writeFileSync(
    join(cli.home, "wrong.json"),
    JSON.stringify({ ...mapping, records: [{ kind: "sugar", column: "x" }] })
  );
  const table = "When;Sugar (mg/dL)\n2026-03-01 08:00;104\n2026-03-01 12:00;131\n";
  const inspect = (name: string) =>
    run("inspect", ["-", "--timezone", "Europe/Berlin", "--mapping", join(cli.home, name)], table);
  const right = await inspect("right.json");
  expect(right.stdout, right.stderr).toMatch(/smbg +2/u);
  const wrong = await inspect("wrong.json");
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/--mapping is wrong at .*records/u);
});
