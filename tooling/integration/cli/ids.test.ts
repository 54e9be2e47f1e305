import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ann, asAnn, reading, storedIds } from "./readings.ts";
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

const run = (args: ReadonlyArray<string>, stdin?: string) =>
  cli.run(args, { env: asAnn(server), ...(stdin === undefined ? {} : { stdin }) });

it.each([
  ["a space at the end", "Abc \n", ["Abc", " Abc", "Abc\u00A0"]],
  ["a space at the start", " Abc\n", ["Abc", "Abc ", "Abc\u00A0"]],
  ["none", "Abc\n", [" Abc", "Abc ", "Abc\u00A0"]],
  ["the line ends of Windows, a mark at the start, an empty line", "\uFEFFAbc\r\n\r\nAbc \r\n", [" Abc", "Abc\u00A0"]],
  ["a space of another kind, and no line end", "Abc\u00A0", ["Abc", " Abc", "Abc "]]
])("remove deletes the id that is written there and no other: %s", async (name, text, left) => {
  const client = `org.example.ids.${name.length}`;
  const ids = ["Abc", "Abc ", " Abc", "Abc\u00A0"];
  const datums = ids.map((id, index) => ({ ...reading(index), origin: { ...reading(index).origin, id } }));
  const file = join(cli.home, "datums.json");
  writeFileSync(file, JSON.stringify(datums));
  expect(await run(["upload", file, "--app", client])).toMatchObject({ code: 0 });
  expect(await run(["remove", "-", "--yes", "--app", client], text)).toMatchObject({ code: 0 });
  expect(await storedIds(server, client)).toEqual([...left].sort());
});

it("remove deletes nothing where a line is no id: not UTF-8, or without an end", async () => {
  const file = join(cli.home, "ids");
  for (const bytes of [Buffer.from([0x41, 0x0a, 0xff, 0x0a]), Buffer.from(`A\n${"x".repeat(1_000_000)}`)]) {
    writeFileSync(file, bytes);
    const { code, stderr } = await run(["remove", file, "--yes"]);
    expect(code).toBe(6);
    expect(stderr).toContain("Line 2 of ids is no origin id");
  }
});
