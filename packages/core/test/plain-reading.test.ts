import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ledger, createClient, unknownDatums } from "@tideway/core";
import { createSqliteLedger } from "@tideway/core/node";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Line, PlainReading, datumOf, file, ids, versionOf } from "./support/plain-reading.ts";
import { app } from "./support/virtually.ts";

type Step =
  | {
      readonly upload: ReadonlyArray<Line>;
      readonly chunkSize: number;
      readonly concurrency: number;
      readonly mirror: boolean;
      readonly pageSize: number;
      readonly form: "texts" | "objects";
    }
  | { readonly remove: ReadonlyArray<string> }
  /** The same file as in the upload before. */
  | { readonly repeat: true };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      upload: file,
      chunkSize: fc.integer({ min: 1, max: 5 }),
      concurrency: fc.integer({ min: 1, max: 4 }),
      mirror: fc.nat(3).map((luck) => luck === 0),
      pageSize: fc.constantFrom(1, 2, 7),
      form: fc.constantFrom("texts" as const, "objects" as const)
    })
  },
  { weight: 1, arbitrary: fc.record({ remove: fc.array(fc.constantFrom(...ids), { minLength: 1, maxLength: 2 }) }) },
  { weight: 2, arbitrary: fc.constant<Step>({ repeat: true }) }
);

/** A server whose answers come in any order. */
const unevenly = (seed: number) => {
  let state = seed;
  return createMemoryTransport({
    before: async () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      for (let turns = (state >>> 16) % 4; turns > 0; turns--) {
        await new Promise<void>((resolve) => {
          setImmediate(resolve);
        });
      }
    }
  });
};

const play = async (ledger: Ledger, steps: ReadonlyArray<Step>, seed: number) => {
  const transport = unevenly(seed);
  const policy = { settling: { recheckAfter: 0 } };
  const tideway = createClient({ transport, userId: "u", app, ledger, policy });
  const plain = new PlainReading();
  let last: Extract<Step, { readonly upload: unknown }> | undefined;
  for (const next of steps) {
    if ("remove" in next) {
      await tideway.remove(next.remove);
      for (const id of next.remove) plain.remove(id);
      continue;
    }
    if ("repeat" in next && !last) continue;
    last = "repeat" in next ? last! : next;
    const { upload: lines, pageSize, form, ...options } = last;
    // A mirror of nothing is refused.
    const mirror = options.mirror && lines.length > 0;
    const pages = async function* () {
      const entries = lines
        .map(datumOf)
        .map((datum) => (form === "texts" ? { text: JSON.stringify(datum) } : { datum }));
      for (let from = 0; from < entries.length; from += pageSize) yield entries.slice(from, from + pageSize);
    };
    const { rejected } = await tideway.upload({ pages: pages() }, { ...options, mirror });
    expect(rejected).toBe(0);
    plain.upload(lines, mirror);
    const stored = transport.dataSets[0] ? transport.stored(transport.dataSets[0].uploadId) : [];
    const state = stored.map((datum) => `${(datum["origin"] as { id: string }).id}: ${versionOf(datum)}`).sort();
    expect(state).toEqual(plain.state());
    if (stored.length === 0) continue;
    const { differences } = await tideway.verify(unknownDatums(lines.map(datumOf)));
    // What earlier files left is not in this one.
    expect(differences.filter(({ found }) => found !== "extra")).toEqual([]);
  }
};

const scenario = [fc.array(step, { minLength: 1, maxLength: 5 }), fc.nat()] as const;

describe("what uploads leave in a session", () => {
  it("is what a plain reading of the files says, one after another, once for each id", async () => {
    const property = fc.asyncProperty(...scenario, (steps, seed) => play(createMemoryLedger(), steps, seed));
    await fc.assert(property, { numRuns: Number(process.env["TIDEWAY_FILES"] ?? 150), seed: 7 });
  }, 120_000);

  it("is that, too, with a ledger in a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tideway-"));
    let files = 0;
    try {
      const property = fc.asyncProperty(...scenario, (steps, seed) =>
        play(createSqliteLedger(join(folder, `${files++}.sqlite`)), steps, seed)
      );
      await fc.assert(property, { numRuns: 25, seed: 8 });
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});
