import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox, parseFaults } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ann, asAnn, reading, readings } from "./readings.ts";
import { createCli, type CliRun } from "./run-cli.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../../apps/cli/schema/events.schema.json", import.meta.url), "utf8")
) as object;
const isEvent = new Ajv2020({ allowUnionTypes: true }).compile(schema);

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  const faults = parseFaults("503 times=1 on=POST:*/data");
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann], faults }))]);
  writeFileSync(join(cli.home, "mixed.json"), JSON.stringify([...readings(3), reading(4, -518273), "no datum"]));
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const json = (...args: ReadonlyArray<string>) => cli.run(["--json", ...args], { env: asAnn(server) });

/** The lines of a run, each as the schema has it, with exactly one result, which is last. */
const eventsOf = (run: CliRun) => {
  const events = run.events();
  for (const event of events)
    expect(isEvent(event), `${JSON.stringify(event)}: ${JSON.stringify(isEvent.errors)}`).toBe(true);
  expect(events.filter(({ type }) => type === "result")).toEqual([events.at(-1)]);
  return events;
};

it("every line of an upload is as the schema says, with what --verbose adds, and holds no value and no secret", async () => {
  const run = await json("upload", "mixed.json", "--verbose", "--yes");
  const events = eventsOf(run);
  expect(run.code).toBe(3);
  const types = new Set(events.map(({ type }) => type));
  expect([...types].sort()).toEqual(["progress", "rejected", "request", "result", "session", "waiting"]);
  expect(run.stderr).toMatch(/^POST \/dataservices\/v1\/datasets\/[\da-f]+\/data: 200, \d+ ms, trace [\da-f]{32}$/mu);
  for (const text of [run.stdout, run.stderr]) expect(text).not.toMatch(/anns-token|-518273/u);
});

it("so are those of a look at what was refused, of a failure, and of a wrong command line", async () => {
  expect(eventsOf(await json("rejected", "show")).map(({ type }) => type)).toEqual(["rejected", "rejected", "result"]);
  expect(eventsOf(await json("upload", "nowhere.json")).at(-1)).toMatchObject({
    status: "failure",
    code: "CommandError"
  });
  expect(eventsOf(await json("upload", "--bogus")).at(-1)).toMatchObject({ status: "failure", code: "usage" });
});

it("the schema tells a wrong line from a right one", () => {
  expect(isEvent({ type: "result", schema: 1, status: "success" })).toBe(true);
  expect(isEvent({ type: "result", schema: 2, status: "success" })).toBe(false);
  expect(isEvent({ type: "result", schema: 1, status: "failure", code: "x" })).toBe(false);
  expect(isEvent({ type: "news" })).toBe(false);
  expect(isEvent({ type: "progress", records: 1, dataSet: "a" })).toBe(true);
  expect(isEvent({ type: "progress" })).toBe(false);
});
