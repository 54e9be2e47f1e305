import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Datum, createClient } from "@tideway/core";
import { createSqliteLedger } from "@tideway/core/node";
import { createMemoryTransport } from "@tideway/core/testing";
import { afterAll, describe, expect, it } from "vitest";
import { bolus, cbg, wizardWith } from "../support/datums.ts";
import { app } from "../support/virtually.ts";

const folder = mkdtempSync(join(tmpdir(), "tideway-flips-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The same numbers each time. */
const numbersFrom = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const size = 220;
const readings = (value: (index: number) => number) =>
  Array.from({ length: size }, (_, index) => cbg(index, value(index)));
const older = () => [...readings(() => 100), wizardWith("w", bolus(2))];
const newer = () => [...readings((index) => (index % 2 ? 200 : 100)), wizardWith("w", bolus(3))];

const storedValues = (stored: ReadonlyArray<Readonly<Record<string, unknown>>>) =>
  stored
    .map(
      ({ origin, value, normal }) =>
        `${(origin as { readonly id: string }).id} ${Math.round(Number(value ?? 0) * 18.01559)} ${String(normal)}`
    )
    .sort();

/** Where the ledger's bytes are changed: anywhere, or in the text of a block. */
const places = {
  "anywhere in its file": (bytes: Buffer, below: (limit: number) => number) => below(bytes.length),
  "in its header and schema": (_: Buffer, below: (limit: number) => number) => (below(2) ? below(100) : below(8192)),
  "in the text of its blocks": (bytes: Buffer, below: (limit: number) => number) => {
    const at = bytes.indexOf("cbg-", below(bytes.length));
    return at < 0 ? bytes.indexOf("cbg-") : at + below(40) - 10;
  }
} as const;

describe.each(Object.keys(places) as ReadonlyArray<keyof typeof places>)("a ledger with flipped bytes %s", (where) => {
  it("is never believed: after the next upload all is there, in its last version, and nothing is refused", async () => {
    const below = numbersFrom(where.length);
    const transport = createMemoryTransport();
    const whole = join(folder, "whole.db");
    rmSync(whole, { force: true });
    const upload = (path: string, source: ReadonlyArray<Datum>, onPutAside: () => void = () => undefined) =>
      createClient({ transport, userId: "u", app, ledger: createSqliteLedger(path, { onPutAside }) }).upload(source, {
        trustLedger: true
      });
    const { sessionId } = await upload(whole, older());
    const olderThere = storedValues(transport.stored(sessionId));
    await upload(whole, newer());
    const newerThere = storedValues(transport.stored(sessionId));
    const bytes = readFileSync(whole);
    let told = 0;
    for (let trial = 0; trial < 50; trial++) {
      const path = join(folder, `${where.length}-${trial}.db`);
      const damaged = Buffer.from(bytes);
      for (let flips = 1 + below(3); flips > 0; flips--) {
        const at = places[where](damaged, below);
        damaged[at] = damaged[at]! ^ (1 + below(255));
      }
      writeFileSync(path, damaged);
      // The version before comes back: a ledger that takes the one for the other is found out.
      for (const [source, there] of [
        [older(), olderThere],
        [newer(), newerThere]
      ] as const) {
        const receipt = await upload(path, source, () => void told++);
        expect(receipt, `trial ${trial}`).toMatchObject({ read: size + 1, rejected: 0, skipped: 0 });
        expect(storedValues(transport.stored(sessionId)), `trial ${trial}`).toEqual(there);
      }
      for (const name of readdirSync(folder))
        if (name.startsWith(`${where.length}-${trial}.db`)) rmSync(join(folder, name));
    }
    expect(told).toBeGreaterThan(10);
  }, 120_000);
});
