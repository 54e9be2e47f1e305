import { Forbidden, type UploadOptions, createClient } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { cbg, cbgs } from "./support/datums.ts";
import { app, uploadVirtually } from "./support/virtually.ts";

const bug = () => {
  throw new Error("a fault of the page");
};

describe("an upload", () => {
  it.each(["session", "chunk", "rejected", "done"])(
    "that is told of a %s by a callback that throws stops, and tells what got in",
    async (type) => {
      const onProgress: UploadOptions["onProgress"] = (event) => {
        if (event.type === type) bug();
      };
      const source = [...cbgs(3), { type: "nonsense" }];
      const { failure, receipt } = await uploadVirtually({ transport: createMemoryTransport() }, source, {
        onProgress
      });
      expect(failure?.cause._tag).toBe("InternalError");
      expect(receipt.sent).toBe(type === "chunk" || type === "done" ? 3 : 0);
    }
  );

  it("whose listener to rejections throws stops likewise", async () => {
    const options = { onRejected: bug };
    const { failure } = await uploadVirtually({ transport: createMemoryTransport() }, [cbg(0, -7)], options);
    expect(failure?.cause._tag).toBe("InternalError");
  });

  it("from a source that cannot even be opened stops with the source's failure", async () => {
    const { failure } = await uploadVirtually({ transport: createMemoryTransport() }, bug);
    expect(failure?.cause._tag).toBe("SourceFailed");
  });

  it("that fails while a loop over its progress is busy fails the loop, and nothing else", async () => {
    let posts = 0;
    const transport = createMemoryTransport({
      before: ({ name }) => {
        if (name === "postData" && ++posts === 3) throw new Forbidden({ message: "No more.", status: 403 });
      }
    });
    const running = createClient({ transport, userId: "u", app }).upload(cbgs(50), { chunkSize: 10 });
    const loop = async () => {
      for await (const event of running) {
        // Longer than the upload has left to live: a rejection that nobody listens to would end the process.
        if (event.type === "chunk") await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      }
    };
    await expect(loop()).rejects.toMatchObject({ _tag: "UploadStopped" });
  });

  it.each([{ concurrency: Number.NaN }, { chunkSize: Number.NaN }, { concurrency: 0 }, { keepRejections: -1 }])(
    "is refused where a number makes no sense: %o",
    (options) => {
      const tideway = createClient({ transport: createMemoryTransport(), userId: "u", app });
      expect(() => tideway.upload(cbgs(3), options)).toThrow(RangeError);
    }
  );
});
