import { readTidepool } from "@tideway/sources";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { bytesOf, inPieces } from "./read.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });
const line = fc.record({ type: fc.constant("cbg"), note: fc.string({ unit: "grapheme", maxLength: 20 }) });

it("gives the bytes of a line's text along with it, however the input is cut, and keeps them as they are", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 5 }),
      async (datums, sizes) => {
        const bytes = bytesOf(datums.map((datum) => `${JSON.stringify(datum)}\n`).join(""));
        // A stream may use its memory again.
        const reused = async function* () {
          const memory = new Uint8Array(bytes.length);
          for await (const piece of inPieces(bytes, ...sizes)) {
            memory.set(piece);
            yield memory.subarray(0, piece.length);
            memory.fill(0);
          }
        };
        const read: Array<{ readonly text: string; readonly copied: string }> = [];
        for await (const page of readTidepool(reused()).pages) {
          for (const entry of page) {
            if (!("utf8" in entry) || !entry.utf8) continue;
            const { bytes: whole, from, to } = entry.utf8;
            expect(entry.parse?.()).toEqual(JSON.parse(entry.text));
            read.push({ text: entry.text, copied: decoder.decode(whole.subarray(from, to)) });
          }
        }
        expect(read.map(({ copied }) => JSON.parse(copied))).toEqual(datums);
        expect(read.map(({ text }) => text)).toEqual(read.map(({ copied }) => copied));
      }
    )
  );
});
