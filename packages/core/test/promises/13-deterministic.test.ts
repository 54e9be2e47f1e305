import { execFileSync } from "node:child_process";
import { createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { fingerprintOf, hashText, murmur128 } from "../../src/prepare/hash.ts";
import { derivedId } from "../../src/prepare/identify.ts";
import { uploadVirtually } from "../support/virtually.ts";

const bare = (index: number) => ({
  type: "cbg",
  time: new Date(Date.UTC(2026, 0, 1) + index * 300_000).toISOString(),
  units: "mmol/L",
  value: 5 + index / 10
});

const hex = (text: string) =>
  murmur128(new TextEncoder().encode(text))
    .map((part) => part.toString(16).padStart(8, "0"))
    .join("");

describe("promise 13: deterministic", () => {
  it("sends the same chunks with the same ids for the same input, whatever order its members stand in", async () => {
    const bodies: Array<unknown> = [];
    for (const turned of [false, true, false]) {
      const transport = createMemoryTransport();
      const source = Array.from({ length: 30 }, (_, index) => {
        const datum = bare(index);
        return turned ? Object.fromEntries(Object.entries(datum).toReversed()) : datum;
      });
      await uploadVirtually({ transport }, source, { chunkSize: 7, concurrency: 1 });
      bodies.push(transport.calls.flatMap((call) => (call.name === "postData" ? [call.datums] : [])));
    }
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  it("derives ids from what will be written: a member that is null, or that the platform does not know, makes no other datum", async () => {
    const transport = createMemoryTransport();
    const same = [
      bare(0),
      { ...bare(0), deviceId: null },
      { ...bare(0), unknownToAll: 1, deviceTime: null },
      { ...bare(0), origin: null }
    ];
    const { receipt } = await uploadVirtually({ transport }, same);
    expect(receipt).toMatchObject({ sent: 1, skipped: 3 });
    const [stored] = transport.stored(transport.dataSets[0]!.uploadId);
    expect(stored!["origin"]).toMatchObject({ id: derivedId(bare(0), "cbg") });
  });

  it("derives ids that are fixed for ever, and carry what they are the id of", () => {
    expect(derivedId(bare(0), "cbg")).toBe("cbg:H-XgUkCCenx5EbAt3RIrpQ");
    expect(derivedId({ ...bare(0), id: "abc" }, "cbg")).toBe("cbg:abc");
    const long = derivedId({ ...bare(0), id: "x".repeat(200) }, "cbg");
    expect(long.length).toBeLessThanOrEqual(100);
  });

  it("hashes as published for MurmurHash3 x86 128", () => {
    expect(hex("")).toBe("00000000000000000000000000000000");
    expect(hex("The quick brown fox jumps over the lazy dog")).toBe("2f1583c3ecee2c675d7bf66ce5e91d2c");
    expect(hashText("é")).not.toBe(hashText("e"));
  });

  it("takes the same fingerprint of a text and of its bytes, wherever in an array they are", () => {
    const { buffer } = new TextEncoder().encode(`..{"é":${"1234567890".repeat(9)}}..`);
    // At an odd place of its own in a larger one.
    for (const bytes of [new Uint8Array(buffer), new Uint8Array(buffer, 1)]) {
      for (let to = 40; to < bytes.length; to++) {
        const text = new TextDecoder().decode(bytes.subarray(8, to));
        expect(fingerprintOf({ text: "", utf8: { bytes, from: 8, to } })).toBe(fingerprintOf({ text }));
        expect(hashText(text).startsWith(fingerprintOf({ text }).slice(0, 10))).toBe(true);
      }
    }
  });

  it("derives the same ids in every zone, locale and process", () => {
    const program = `
      import { derivedId } from ${JSON.stringify(new URL("../../src/prepare/identify.ts", import.meta.url).href)};
      console.log(derivedId(${JSON.stringify(bare(3))}, "cbg"));`;
    const idIn = (zone: string, locale: string) =>
      execFileSync(process.execPath, ["--input-type=module", "-e", program], {
        env: { ...process.env, TZ: zone, LC_ALL: locale, NODE_NO_WARNINGS: "1" },
        encoding: "utf8"
      }).trim();
    expect(idIn("Pacific/Apia", "tr_TR.UTF-8")).toBe(derivedId(bare(3), "cbg"));
  });
});
