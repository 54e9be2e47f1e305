import { randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { inflateRawSync } from "node:zlib";
import { zipSync } from "fflate";
import { expect, describe, it } from "vitest";
import { decodeText } from "../src/text/decode-text.ts";
import { readZipStarts } from "../src/zip/read-zip-starts.ts";
import { zippedFile } from "../src/zip/zipped-file.ts";
import { fileOf, hasSamples, sample, samplePath, zipOf } from "./input-files.ts";

const textOf = async (...[bytes, encoding]: Parameters<typeof decodeText>): Promise<string> => {
  let text = "";
  for await (const piece of decodeText(bytes, encoding)) text += piece;
  return text;
};

describe("a file inside a zip archive", () => {
  const archive = zipOf("a.zip", { "one.csv": "a,b\n", "folder/two.csv": "c;d\n".repeat(50_000), "three.csv": "" });

  it("is a file of its own, read as often as wanted", async () => {
    const two = zippedFile(archive, { index: 1, name: "folder/two.csv" });
    expect(two.name).toBe("a.zip/folder/two.csv");
    for (let turn = 0; turn < 2; turn++) expect(await textOf(two.stream())).toBe("c;d\n".repeat(50_000));
    expect(await textOf(zippedFile(archive, { index: 2, name: "three.csv" }).stream())).toBe("");
  });

  it("costs no memory for the files beside it, before or behind", async () => {
    const size = 40_000_000;
    const large = randomFillSync(new Uint8Array(size));
    const packed = zipSync(
      { "before.bin": large, "one.csv": new TextEncoder().encode("a,b\n"), "behind.bin": large },
      { level: 0 }
    );
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    // Of several looks the least: what was let go of is freed a little later.
    const held = async (): Promise<number> => {
      let least = Number.POSITIVE_INFINITY;
      for (let look = 0; look < 4; look++) {
        collect();
        await new Promise((resolve) => setImmediate(resolve));
        least = Math.min(least, process.memoryUsage().arrayBuffers);
      }
      return least;
    };
    let most = 0;
    const watched = {
      name: "a.zip",
      async *stream() {
        for (let from = 0; from < packed.length; from += 262_144) {
          if (from % 16_777_216 === 0) most = Math.max(most, await held());
          yield packed.slice(from, from + 262_144);
        }
      }
    };
    const before = await held();
    const starts = await readZipStarts(watched, 65_536);
    expect(starts.map(({ name }) => name)).toEqual(["before.bin", "one.csv", "behind.bin"]);
    expect(await textOf(zippedFile(watched, { index: 1, name: "one.csv" }).stream())).toBe("a,b\n");
    expect(most - before).toBeLessThan(size / 4);
  });

  it("is damaged where the archive is cut short", async () => {
    const whole = new Uint8Array(
      await new Response(archive.stream() as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()
    );
    const cut = fileOf("a.zip", whole.slice(0, 150));
    await expect(textOf(zippedFile(cut, { index: 1, name: "x" }).stream())).rejects.toMatchObject({ code: "damaged" });
  });

  it.skipIf(!hasSamples)("is what a phone packed into it", async () => {
    const path = "apple-health/synthetic/export.zip";
    const phone = zippedFile(await sample(path), { index: 0, name: "export.xml" });
    const packed = readFileSync(samplePath(path));
    const expected = inflateRawSync(packed.subarray(30 + packed.readUInt16LE(26) + packed.readUInt16LE(28)));
    expect((await textOf(phone.stream())) === expected.toString()).toBe(true);
  });
});

describe("text", () => {
  it("is read by its mark, else as the caller says, else as UTF-8", async () => {
    const bytes = (...codes: ReadonlyArray<number>) => fileOf("x", Uint8Array.from(codes)).stream();
    expect(await textOf(bytes(0xff, 0xfe, 0x61, 0, 0xe9, 0), "windows-1252")).toBe("a\u00E9");
    expect(await textOf(bytes(0x61, 0xe9), "windows-1252")).toBe("a\u00E9");
    expect(await textOf(bytes(0xef, 0xbb, 0xbf, 0x61, 0xc3, 0xa9))).toBe("a\u00E9");
  });
});
