import type { Entry } from "@tideway/core";
import { Refused } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Tally } from "../../src/operations/upload/tally.ts";
import { cbg, cbgs } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

const skip: Entry = { problem: { outcome: "skipped", code: "not-for-upload", message: "It is a note." }, at: "line 3" };
const broken: Entry = { problem: { outcome: "rejected", code: "not-json", message: "No JSON." }, at: "line 4" };

const pick = fc.oneof(
  fc.nat(9).map((index): Entry => ({ datum: cbg(index) })),
  fc.tuple(fc.nat(9), fc.integer({ min: 40, max: 400 })).map(([index, value]): Entry => ({ datum: cbg(index, value) })),
  fc.constantFrom<Entry>(skip, broken, { text: "{" }, { datum: 7 }, { datum: cbg(99, -1) }, { datum: cbg(3, 666) })
);

describe("promise 2: nothing is lost silently", () => {
  it("reads as many as it sends, leaves unchanged, rejects and skips, whatever it is given", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(pick, { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        async (entries, chunkSize) => {
          const ledger = createMemoryLedger();
          const transport = createMemoryTransport({
            // The server's own opinion: no 666.
            before: (call) => {
              if (call.name !== "postData") return;
              const index = call.datums.findIndex(({ value }) => value === 666);
              const issue = { pointer: `/${index}/value`, code: "value-not-valid", message: "must not be that" };
              if (index >= 0) throw new Refused({ message: "400", status: 400, issues: [issue] });
            }
          });
          const pages = async function* () {
            for (let from = 0; from < entries.length; from += 7) yield entries.slice(from, from + 7);
          };
          for (let round = 0; round < 2; round++) {
            const { receipt, failure } = await uploadVirtually(
              { transport, ledger },
              { pages: pages() },
              { chunkSize }
            );
            expect(failure).toBeUndefined();
            const { read, sent, unchanged, rejected, skipped, rejections, kinds } = receipt;
            expect(read).toBe(entries.length);
            expect(sent + unchanged + rejected + skipped).toBe(read);
            expect(rejections).toHaveLength(rejected + skipped);
            expect(Object.values(kinds).reduce((sum, counts) => sum + counts.read, 0)).toBe(read);
          }
        }
      ),
      { numRuns: 60 }
    );
  });

  it("is an error where it does not add up", () => {
    const tally = new Tally(10);
    tally.read(3);
    tally.add("sent", "cbg", 2);
    expect(tally.proof()).toMatchObject({ _tag: "CountMismatch" });
    tally.add("skipped", "cbg");
    expect(tally.proof()).toBeUndefined();
  });

  it("tells of every rejection, and keeps the first of them", async () => {
    const heard: Array<string> = [];
    const { receipt } = await uploadVirtually({ transport: createMemoryTransport() }, cbgs(30, -5), {
      keepRejections: 10,
      onRejected: ({ at, code }) => heard.push(`${at} ${code}`)
    });
    expect(receipt).toMatchObject({ read: 30, rejected: 30, sent: 0 });
    expect(receipt.rejections).toHaveLength(10);
    expect(heard).toHaveLength(30);
    expect(heard[29]).toBe("datum 29 value-out-of-range");
  });
});
