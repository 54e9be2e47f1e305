import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inputFiles } from "@tideway/sources/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openFiles } from "./open-files.ts";

let folder: string;
const reading = (value: number) =>
  JSON.stringify([{ type: "cbg", time: "2026-01-01T08:00:00Z", units: "mg/dL", value }]);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tideway-input-files-"));
  mkdirSync(join(folder, "below", ".hidden"), { recursive: true });
  writeFileSync(join(folder, "b.json"), reading(101));
  writeFileSync(join(folder, "a.json"), reading(100));
  writeFileSync(join(folder, ".secret"), "x");
  writeFileSync(join(folder, "below", "c.json"), reading(102));
  writeFileSync(join(folder, "below", ".hidden", "d.json"), reading(103));
});
afterAll(() => rmSync(folder, { recursive: true }));

it("takes one file, which can be read as often as need be", async () => {
  const [file, ...others] = await inputFiles(join(folder, "a.json"));
  expect(others).toEqual([]);
  expect(file).toMatchObject({ name: "a.json", size: reading(100).length });
  const source = await openFiles([file!]);
  for (const _ of [1, 2]) {
    let entries = 0;
    for await (const page of source.pages) entries += page.length;
    expect(entries).toBe(1);
  }
});

it("takes every file of a folder that is not hidden, in the order of names", async () => {
  const files = await inputFiles(folder);
  expect(files.map(({ name }) => name.replace("\\", "/"))).toEqual(["a.json", "b.json", "below/c.json"]);
});

it("rejects where there is nothing", async () => {
  await expect(inputFiles(join(folder, "none.json"))).rejects.toMatchObject({ code: "ENOENT" });
});
