import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCli } from "../cli/run-cli.ts";
import { ownExport } from "./own-export.ts";

type Stored = { readonly type: string; readonly [key: string]: unknown };
const user = { userId: "aaaaaaaaaa", email: "ann@example.org", tokens: ["anns-token"] };

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [user] }))]);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const upload = async (file: string, client: string) => {
  const report = join(cli.home, "report.ndjson");
  const args = ["upload", file, "--app", client, "--resend", "--report", report, "--json"];
  const done = await cli.run(args, { env: { TIDEWAY_API: server.url, TIDEPOOL_TOKEN: "anns-token" } });
  const lines = readFileSync(report, "utf8").trimEnd().split("\n").filter(Boolean);
  return {
    code: done.code,
    result: done.events().at(-1) as unknown as { readonly [key: string]: number } & { readonly sessionId: string },
    told: lines.map(
      (line) => JSON.parse(line) as { readonly at: string; readonly code: string; readonly message: string }
    )
  };
};

const readBack = async (sessionId: string): Promise<ReadonlyArray<Stored>> => {
  const url = `${server.url}/data/${user.userId}?uploadId=${sessionId}`;
  const answer = await fetch(url, { headers: { "X-Tidepool-Session-Token": "anns-token" } });
  return ((await answer.json()) as ReadonlyArray<Stored>).filter(({ type }) => type !== "upload");
};

const countTypes = (records: ReadonlyArray<Stored>) => {
  const counts: { [type: string]: number } = {};
  for (const { type } of records) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

/** Uploads an export twice and checks what an upload of real input promises. */
const arrivesOnce = async (file: string, client: string, refused: ReadonlyArray<Stored> = []) => {
  const exported = JSON.parse(readFileSync(file, "utf8")) as ReadonlyArray<Stored>;
  const wanted = exported.filter((record) => record.type !== "upload" && !refused.includes(record));
  const expected = exported.filter(({ type }) => type !== "upload").length - refused.length;

  const first = await upload(file, client);
  const { read, sent, rejected, skipped, sessionId } = first.result;
  expect(read).toBe(exported.length);
  expect(sent! + rejected! + skipped!).toBe(read);
  expect(rejected).toBe(refused.length);
  const stored = await readBack(sessionId);
  expect(stored).toHaveLength(expected);
  const types = countTypes(stored);
  if (refused.length === 0) expect(types).toEqual(countTypes(wanted));

  // Every record that is not sent by itself has its place and its reason.
  expect(first.told).toHaveLength(rejected! + skipped!);
  for (const { at, code, message } of first.told) {
    expect(at).toMatch(/^element \d+$/u);
    expect([code, message].every((text) => text.length > 0)).toBe(true);
  }

  // Each wizard that had a bolus in the export still has one: the carbs of a meal are shown with it.
  const ids = new Set(stored.map(({ id }) => id));
  const linked = stored.filter(({ type, bolus }) => type === "wizard" && ids.has(bolus));
  expect(linked).toHaveLength(exported.filter(({ type, bolus }) => type === "wizard" && bolus !== undefined).length);

  const second = await upload(file, client);
  expect(second.result.sessionId).toBe(sessionId);
  const origins = (records: ReadonlyArray<Stored>) =>
    records.map(({ origin }) => (origin as { readonly id: string }).id).sort();
  expect(origins(await readBack(sessionId))).toEqual(origins(stored));
  expect(new Set(origins(stored)).size).toBe(stored.length);
  return first;
};

it("an export of Tidepool's arrives whole, once, with wizards and boluses linked, and says what was left out", async () => {
  const file = join(cli.home, "own-export.json");
  writeFileSync(file, JSON.stringify(ownExport));
  const exported = JSON.parse(JSON.stringify(ownExport)) as ReadonlyArray<Stored>;
  const { code, told, result } = await arrivesOnce(file, "org.example.own-export", exported.slice(-1));
  expect(code).toBe(3);
  expect(told.map(({ at, code }) => [at, code])).toEqual(
    expect.arrayContaining([
      ["element 1", "session-record"],
      ["element 5", "inside-another"],
      ["element 9", "not-accepted"]
    ])
  );
  const stored = await readBack(result.sessionId);
  expect(stored.find(({ type }) => type === "basal")).toMatchObject({ suppressed: { rate: 0.8 } });
  expect(stored.find(({ type }) => type === "food")).toMatchObject({ origin: { id: "meal-1" } });
});

const samples = new URL("../../../../shared/samples/tidepool/", import.meta.url);
describe.skipIf(!existsSync(samples))("Tidepool's own exports in ../shared/samples", () => {
  it.each([
    ["device-Tandem-G6.json", "org.example.tandem"],
    ["device-Loop.json", "org.example.loop"]
  ])("%s arrives whole, once, and running it again adds nothing", async (name, client) => {
    const { code, result } = await arrivesOnce(new URL(name, samples).pathname, client);
    expect(code).toBe(0);
    expect(result["rejected"]).toBe(0);
  });

  it("example-from-j-jellyfish.json: what has a value arrives, what an old anonymiser emptied is refused", async () => {
    const { code, result } = await upload(
      new URL("example-from-j-jellyfish.json", samples).pathname,
      "org.example.jellyfish"
    );
    expect(code).toBe(3);
    expect(result).toMatchObject({ read: 2196, sent: 1694, rejected: 494, skipped: 8 });
    expect(await readBack(result.sessionId)).toHaveLength(1694);
  });
});
