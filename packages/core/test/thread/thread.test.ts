import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  type Entry,
  type OpenSource,
  type Source,
  createClient,
  createClientOf,
  createMemoryLedger
} from "@tideway/core";
import { readInThread, serveSource } from "@tideway/core/node";
import { createMemoryTransport } from "@tideway/core/testing";
import { everyKind, modelOf } from "@tideway/schemas";
import { cbg as cbgKind } from "@tideway/schemas/kinds/cbg";
import { describe, expect, it } from "vitest";
import { jsonOf } from "../../src/contract/item.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import type { PrepareOptions, Prepared } from "../../src/prepare/prepared.ts";
import { placeOf } from "../../src/prepare/rejection.ts";
import { textEntryOf } from "../../src/prepare/text-entry.ts";
import { cbg, wizard, wizardWith, bolus } from "../support/datums.ts";
import { app } from "../support/virtually.ts";
import { type Given, pagesOfGiven } from "./given.ts";

/** The same source in this thread and in another one. */
const here = (given: Given) => () => ({ pages: pagesOfGiven(given) });
const there = (given: Given, onNotes?: (notes: { readonly read: number }) => void) =>
  readInThread(new URL("given-source.ts", import.meta.url), { data: given, ...(onNotes ? { onNotes } : {}) });

const text = (value: unknown): Entry => ({ text: JSON.stringify(value) });

const without = (datum: Record<string, unknown>) => {
  const { origin: _, ...rest } = datum;
  return rest;
};

/** A page of everything that is not like the others; `number` makes its ids. */
const odd = (number: number): ReadonlyArray<Entry> => [
  text(cbg(number)),
  { text: JSON.stringify(cbg(number + 1)), at: `row ${number} of a file` },
  text(without(cbg(number + 2))),
  text(wizard(number + 3)),
  text(wizardWith(`own-${number}`, bolus(1, `inside-${number}`))),
  text({ ...cbg(number + 4), unknownToAll: "ü", origin: { id: `é-${number}-\u{1F600}` } }),
  text({ ...cbg(number + 5), payload: { note: "a \u2028 b" } }),
  { text: `{"type":"cbg", "value": ` },
  { text: "[1, 2]", at: "row 9" },
  { text: ` ${JSON.stringify(cbg(number + 6))} ` },
  { text: JSON.stringify(cbg(number + 7)).replace("100", "1e400") },
  text(cbg(number + 8, -1)),
  text({ ...cbg(number + 9), type: "nonsense" }),
  { datum: cbg(number + 10), at: "given as a value" },
  { datum: undefined },
  { datum: 7n },
  { problem: { outcome: "skipped", code: "not-for-upload", message: "Left out." }, at: "row 12" },
  { problem: { outcome: "rejected", code: "unreadable", message: "Cannot be read." } },
  text(cbg(number)),
  text(bolus(number / 100 + 1, `cbg-${number + 1}`)),
  text(cbg(number, 101))
];

/** Enough pages that the thread comes to know what is wanted of them. */
const pages = Array.from({ length: 40 }, (_, index) => odd(index * 1000));

/** All that can be told of an upload from outside, but for what a clock makes of it. */
const outcome = async (open: (given: Given) => Source, given: Given, withLedger: boolean, times = 1) => {
  const transport = createMemoryTransport();
  const ledger = createMemoryLedger();
  const receipts: Array<unknown> = [];
  for (let time = 0; time < times; time++) {
    const uploader = createClient({ transport, userId: "u", app, ...(withLedger ? { ledger } : {}) });
    const { elapsed: _, ...receipt } = await uploader.upload(open(given), { chunkSize: 50, concurrency: 1 });
    receipts.push(receipt);
  }
  const posts = transport.calls.flatMap((call) => (call.name === "postData" ? [call.datums] : []));
  return { receipts: receipts.map((receipt) => ({ ...(receipt as object), sessionId: "" })), posts };
};

const options: PrepareOptions = {
  model: everyKind,
  origin: { name: "org.example.app", type: "application" }
};

/** What there is to an item, whoever made it. */
const told = (prepared: Prepared) => {
  if ("refusal" in prepared) return prepared;
  const { entry: _, json: __, ...rest } = prepared;
  return { ...rest, sent: jsonOf(prepared) };
};

const places = async (open: () => OpenSource) => {
  const found: Array<string> = [];
  const iterator = opened(open);
  for (let page = await iterator.next(); !page.done; page = await iterator.next()) {
    found.push(...page.value.map((entry, index) => placeOf(entry, index)));
  }
  return found;
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

const opened = (source: () => OpenSource) => {
  const open = source();
  if (!("pages" in open)) throw new Error("These are no pages.");
  return open.pages[Symbol.asyncIterator]();
};

describe("a source that is read in another thread", () => {
  for (const asSlices of [false, true]) {
    for (const withLedger of [false, true]) {
      const name = `${asSlices ? "slices of one array" : "texts"}, ${withLedger ? "with" : "without"} a ledger`;
      it(`ends in the same requests and the same receipt (${name})`, async () => {
        const given = { pages, asSlices };
        const times = withLedger ? 2 : 1;
        expect(await outcome(there, given, withLedger, times)).toEqual(await outcome(here, given, withLedger, times));
      });
    }
  }

  it("is checked there once it is known what for, with the same result for each datum", async () => {
    const given = { pages, asSlices: true };
    const expected = opened(here(given));
    const found = opened(there(given));
    let ahead = 0;
    for (let number = 0; ; number++) {
      const [theirs, ours] = [await found.next(), await expected.next()];
      expect(theirs.done).toBe(ours.done);
      if (theirs.done || ours.done) break;
      for (const [index, entry] of theirs.value.entries()) {
        const written = textEntryOf(entry);
        if (!written) continue;
        const item = written.precomputed?.prepare(index, "print", options);
        if (item) ahead++;
        const plain = prepare(textEntryOf(ours.value[index]!), index, "print", options);
        expect(told(item ?? prepare(written, index, "print", options))).toEqual(told(plain));
      }
    }
    // All but the pages that were asked for before the first one was looked at.
    expect(ahead).toBeGreaterThan(30 * 15);
  });

  it("is not taken to be checked for what it was not checked for", async () => {
    const iterator = opened(there({ pages }));
    const others = { ...options, origin: { name: "org.example.other", type: "device" } } as const;
    for (let number = 0; number < 12; number++) {
      const { value } = await iterator.next();
      const [, , bare] = value as ReadonlyArray<Entry>;
      const asked = number < 6 ? options : others;
      const item = prepare(textEntryOf(bare!), 0, "", asked);
      expect("refusal" in item ? "" : jsonOf(item)).toContain(`"name":"${asked.origin.name}"`);
    }
    await iterator.return?.();
  });

  it("is read no further ahead than three pages", async () => {
    const asked = new Int32Array(new SharedArrayBuffer(4));
    const iterator = opened(there({ pages, asked }));
    for (let taken = 1; taken <= 20; taken++) {
      await iterator.next();
      while (Atomics.load(asked, 0) < taken + 3) await turn();
      for (let turns = 0; turns < 20; turns++) await turn();
      expect(Atomics.load(asked, 0)).toBe(taken + 3);
    }
    await iterator.return?.();
  });

  it("tells what it notes, and can be read again", async () => {
    const notes: Array<number> = [];
    const source = there({ pages: pages.slice(0, 3) }, ({ read }) => notes.push(read));
    for (let time = 0; time < 2; time++) {
      const iterator = opened(source);
      let entries = 0;
      for (let page = await iterator.next(); !page.done; page = await iterator.next()) entries += page.value.length;
      expect(entries).toBe(3 * odd(0).length);
    }
    expect(notes).toEqual([21, 42, 63, 63, 21, 42, 63, 63]);
  });

  it("says how much of its input it has read", async () => {
    const source = there({ pages })();
    expect(source.fractionRead?.()).toBeUndefined();
    const fractions: Array<number | undefined> = [];
    for await (const _ of source.pages) fractions.push(source.fractionRead?.());
    expect(fractions[0]).toBeLessThan(0.5);
    expect(fractions).toEqual([...fractions].sort((a, b) => a! - b!));
    expect(fractions.at(-1)).toBe(1);
  });

  it("only reads for a client that takes some kinds alone", async () => {
    const model = modelOf([cbgKind]);
    const results: Array<unknown> = [];
    for (const open of [here, there]) {
      const transport = createMemoryTransport();
      const uploader = createClientOf(model, { transport, userId: "u", app });
      const { sent, rejected, rejections } = await uploader.upload(open({ pages }));
      results.push({ sent, rejected, rejections });
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[0]).toMatchObject({ sent: expect.any(Number) as number });
  });

  it("keeps where each entry stands, whether its source counts or says it in words", async () => {
    const counted = (numbers: ReadonlyArray<number>, unit = "line") =>
      numbers.map((number): Entry => ({ text: "{}", at: `${unit} ${number}`, place: { unit, number } }));
    const given = {
      pages: [
        counted([3, 4, 5]),
        counted([6, 8, 9]),
        [...counted([10]), ...counted([11], "row")],
        [...counted([12]), { text: "{}", at: "the last but one" }, { text: "{}" }],
        [{ text: "{}" }, ...counted([1])],
        [
          ...counted([13]),
          { problem: { outcome: "skipped", code: "x", message: "Left out." }, at: "line 14" } as const
        ],
        []
      ]
    };
    const expected =
      "line 3, line 4, line 5, line 6, line 8, line 9, line 10, row 11, line 12, the last but one, datum 2";
    expect(await places(there(given))).toEqual([...expected.split(", "), "datum 0", "line 1", "line 13", "line 14"]);
    expect(await places(here(given))).toEqual(await places(there(given)));
  });

  it("that fails fails the upload, with its own words as the cause and all before it sent", async () => {
    const fault = { after: 6, name: "DiskError", message: "The disk has gone.", code: "EIO" };
    const transport = createMemoryTransport();
    const uploader = createClient({ transport, userId: "u", app });
    await expect(uploader.upload(there({ pages, fault }), { chunkSize: 10 })).rejects.toMatchObject({
      cause: {
        _tag: "SourceFailed",
        cause: { name: "DiskError", message: fault.message, code: "EIO" }
      },
      receipt: { read: 6 * odd(0).length }
    });
  });

  it.each([
    ["is not there", new URL("nowhere.ts", import.meta.url), /nowhere\.ts/],
    ["ends before its time", new URL("ending-source.ts", import.meta.url), /ended before its time/]
  ])("whose module %s fails the upload", async (_, module, words) => {
    const uploader = createClient({ transport: createMemoryTransport(), userId: "u", app });
    const source = readInThread(module, { data: undefined });
    await expect(uploader.upload(source)).rejects.toMatchObject({
      cause: { _tag: "SourceFailed", cause: { message: expect.stringMatching(words) as string } }
    });
  });

  it("lets the program end when nobody reads on", async () => {
    const program = new URL("stop-early.ts", import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", program]);
    expect(stdout).toBe("1\n");
  });

  it("is served from a thread only", () => {
    expect(() => serveSource(() => ({ source: [] }))).toThrow("readInThread");
  });
});
