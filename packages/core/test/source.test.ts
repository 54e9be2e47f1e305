import {
  createClient,
  createMemoryLedger,
  isSourceFailed,
  isUploadStopped,
  unknownDatums,
  type Pages,
  type Source
} from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import type { Datum } from "@tideway/schemas";
import { describe, expect, it } from "vitest";

const open = () =>
  createClient({
    transport: createMemoryTransport(),
    userId: "0123456789",
    app: { name: "org.example.app", version: "1.0.0" }
  });

const readings = [
  { type: "cbg", time: "2026-01-01T08:00:00Z", units: "mg/dL", value: 104 },
  { type: "smbg", time: "2026-01-01T08:05:00Z", units: "mmol/L", value: 5.5 }
] satisfies Datum[];

/** What a program without types may give, and what it is told then. */
const wrong: ReadonlyArray<readonly [name: string, given: unknown, words: string]> = [
  ["a text", `[{ "type": "cbg" }]`, "a text: parse it first"],
  ["nothing", undefined, "undefined"],
  ["null", null, "null"],
  ["a number", 5, "number"],
  ["the bytes of a file", Buffer.from("[]"), "bytes: read them"],
  ["a promise", Promise.resolve([]), "a promise: await it"],
  ["a datum alone", readings[0], "one object: put it into a list"],
  ["an object", {}, "an object that cannot be iterated"]
];

describe("a source", () => {
  it("may be a list of datums, an iteration in steps, pages, or a function that opens one", async () => {
    const steps = async function* () {
      yield* readings;
    };
    const pages = async function* () {
      yield readings.map((datum) => ({ datum }));
    };
    const sources: ReadonlyArray<Source> = [readings, new Set(readings), steps(), { pages: pages() }, steps];
    for (const source of sources) expect((await open().upload(source)).sent).toBe(2);
  });

  it("tells how many datums it has where it can know, and says nothing of it where it cannot", async () => {
    const totals = async (source: Source) => {
      const found: Array<number | undefined> = [];
      for await (const event of open().upload(source, { chunkSize: 1 })) {
        if (event.type === "chunk") found.push(event.total);
      }
      return found;
    };
    const one = function* () {
      yield readings[0]!;
    };
    const pages = async function* () {
      yield [{ datum: readings[0] }];
    };
    expect(await totals(readings)).toEqual([2, 2]);
    expect(await totals(() => new Set(readings))).toEqual([2, 2]);
    expect(await totals({ pages: pages(), total: 7 })).toEqual([7]);
    expect(await totals(one())).toEqual([undefined]);
  });

  it("tells how much is done: of its total, or of what it has read of its input", async () => {
    const fractions = async (source: Source) => {
      const found: Array<number | undefined> = [];
      for await (const event of open().upload(source, { chunkSize: 1, concurrency: 1 })) {
        if (event.type === "chunk") found.push(event.fraction);
      }
      return found;
    };
    const four = [...readings, ...readings].map((datum, index) => ({ ...datum, origin: { id: `id-${index}` } }));
    const inPages = (): Pages => {
      let read = 0;
      const pages = async function* () {
        for (const datum of four) {
          read += 1;
          yield [{ datum }];
        }
      };
      return { pages: pages(), fractionRead: () => (read === 0 ? undefined : read / 8) };
    };
    expect(await fractions(four)).toEqual([0.25, 0.5, 0.75, 1]);
    const found = await fractions(inPages);
    expect(found.at(-1)).toBe(0.5);
    expect(found.every((fraction) => fraction! > 0 && fraction! <= 0.5)).toBe(true);
  });

  it("moves the bar of an upload in which nothing is new, too", async () => {
    const transport = createMemoryTransport();
    const ledger = createMemoryLedger();
    const client = createClient({
      transport,
      userId: "0123456789",
      app: { name: "org.example.app", version: "1.0.0" },
      ledger
    });
    await client.upload(readings);
    const moved: Array<unknown> = [];
    for await (const event of client.upload(readings)) if (event.type === "unchanged") moved.push(event);
    expect(moved).toEqual([
      {
        type: "unchanged",
        datums: 2,
        total: 2,
        fraction: 1,
        counts: { read: 2, sent: 0, unchanged: 2, rejected: 0, skipped: 0 }
      }
    ]);
  });

  it("is typed: what is no datum does not compile", async () => {
    const client = open();
    const compiled = async () => {
      // @ts-expect-error no datum has this member
      await client.upload([{ tpye: "cbg" }]);
      // @ts-expect-error neither is a datum
      await client.upload([5, null]);
      // @ts-expect-error a text is not a list of datums
      await client.upload("[]");
      // @ts-expect-error a datum alone is not a list
      await client.upload(readings[0]);
      // @ts-expect-error a function that opens a text
      await client.upload(() => "[]");
      // @ts-expect-error a list of texts
      await client.verify(["cbg"]);
      // @ts-expect-error a reading without a value
      await client.verify([{ type: "cbg", time: "2026-01-01T08:00:00Z", units: "mg/dL" }]);
      // @ts-expect-error of a source in steps as well
      await client.upload(new ReadableStream<Uint8Array>());
    };
    expect(compiled).toBeTypeOf("function");
  });

  it.each(wrong)("that is %s is refused at once, in words", async (_, given, words) => {
    const client = open();
    expect(() => client.upload(given as Source)).toThrow(TypeError);
    expect(() => client.upload(given as Source)).toThrow(words);
    const verified = client.verify(given as Source);
    await expect(verified).rejects.toThrow(TypeError);
    await expect(verified).rejects.toThrow(words);
  });

  it.each(wrong)("whose function opens %s stops the upload, in words", async (_, given, words) => {
    const thrown: unknown = await open()
      .upload((() => given) as unknown as () => Iterable<Datum>)
      .catch((error: unknown) => error);
    expect(isUploadStopped(thrown) && isSourceFailed(thrown.cause) && thrown.message).toContain(words);
  });

  it("of bytes, such as an open file, stops before any of it is rejected", async () => {
    const file = new Blob(["[", "]"]).stream() as unknown as AsyncIterable<Datum>;
    const thrown: unknown = await open()
      .upload(file)
      .catch((error: unknown) => error);
    expect(isUploadStopped(thrown) && [thrown.cause._tag, thrown.receipt.read]).toEqual(["SourceFailed", 0]);
    expect(String(thrown)).toContain("bytes, not datums");
  });

  it("of unknown values is checked one by one", async () => {
    const values: unknown = JSON.parse(`[5, null, "cbg", { "tpye": "cbg" }, ${JSON.stringify(readings[0])}]`);
    const receipt = await open().upload(unknownDatums(values as Iterable<unknown>));
    expect(receipt).toMatchObject({ read: 5, sent: 1, rejected: 4 });
  });

  it("of unknown values is no text and no number, either", () => {
    expect(() => unknownDatums("[]")).toThrow("a text: parse it first");
    expect(() => unknownDatums(5 as unknown as Iterable<unknown>)).toThrow("not number");
  });
});
