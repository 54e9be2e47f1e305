import { readTidepool, type Entry } from "@tideway/sources";
import { expect, it } from "vitest";
import { bytesOf } from "./read.ts";

const line = (id: string) =>
  `{"type":"cbg","time":"2026-01-01T08:00:00Z","units":"mg/dL","value":104,"origin":{"id":"${id}"}}\n`;

it("gives the datums of a log that is written slowly as their lines end, not when the log does", async () => {
  const { promise: later, resolve: write } = Promise.withResolvers<void>();
  const { promise: never } = Promise.withResolvers<void>();
  const log = async function* () {
    yield bytesOf(line("a") + line("b") + line("c").slice(0, 20));
    await later;
    yield bytesOf(line("c").slice(20));
    await never;
  };
  const pages = readTidepool(log()).pages[Symbol.asyncIterator]();
  const next = async () => (await pages.next()).value as ReadonlyArray<Entry>;
  expect((await next()).length).toBe(2);
  write();
  expect((await next()).length).toBe(1);
});

it("reads the same of UTF-8 whose characters are cut between the first pieces", async () => {
  const text = `{"type":"cbg","notes":["\u{1F600}"]}\n{"type":"cbg","notes":["\u{1F601}"]}\n`;
  const bytes = bytesOf(text);
  for (let cut = 1; cut < bytes.length; cut++) {
    const pieces = async function* () {
      yield bytes.slice(0, cut);
      yield bytes.slice(cut);
    };
    const lines: Array<string> = [];
    for await (const page of readTidepool(pieces()).pages) {
      for (const entry of page) lines.push("text" in entry ? entry.text : "problem");
    }
    expect({ cut, lines }).toEqual({ cut, lines: text.trimEnd().split("\n") });
  }
});
