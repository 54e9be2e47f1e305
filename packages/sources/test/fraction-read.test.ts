import type { InputFile } from "@tideway/sources";
import { expect, it } from "vitest";
import { fileOf, zipOf } from "./input-files.ts";
import { openFiles } from "./open-files.ts";

const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({ type: "cbg", time: "2026-01-01T08:00:00Z", units: "mg/dL", value: 100, index })
  ).join("\n");

/** A file that comes in pieces of 10 kB. */
const inPieces = (name: string, text: string): InputFile => {
  const bytes = new TextEncoder().encode(text);
  const stream = async function* () {
    for (let from = 0; from < bytes.length; from += 10_000) yield bytes.slice(from, from + 10_000);
  };
  return { name, size: bytes.length, stream };
};

const fractionsOf = async (files: ReadonlyArray<InputFile>) => {
  const source = await openFiles(files);
  const found: Array<number | undefined> = [];
  for await (const _ of source.pages) found.push(source.fractionRead());
  return { found, end: source.fractionRead() };
};

it("tells how much of all files has been read, never less than before, and all of it at the end", async () => {
  const { found, end } = await fractionsOf([inPieces("a.jsonl", lines(9000)), inPieces("b.jsonl", lines(9000))]);
  expect(found.length).toBeGreaterThan(4);
  expect(found[0]).toBeLessThan(0.5);
  expect(found).toEqual([...found].sort((a, b) => a! - b!));
  expect(end).toBe(1);
});

it("follows the archive where the files are inside one", async () => {
  const { end } = await fractionsOf([zipOf("export.zip", { "a.jsonl": lines(3000), "b.jsonl": lines(3000) })]);
  expect(end).toBeGreaterThan(0.5);
  expect(end).toBeLessThanOrEqual(1);
});

it("knows nothing where a file does not tell its size", async () => {
  const { name, stream } = fileOf("a.jsonl", lines(10));
  expect((await fractionsOf([{ name, stream }])).end).toBeUndefined();
});
