import { createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { cbg } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

describe("promise 15: bounded memory", () => {
  it("pulls from the source only as fast as the server takes", async () => {
    let pulled = 0;
    let acknowledged = 0;
    let ahead = 0;
    const source = async function* () {
      for (let page = 0; page < 100; page++) {
        pulled += 10;
        ahead = Math.max(ahead, pulled - acknowledged);
        yield Array.from({ length: 10 }, (_, index) => ({ datum: cbg(page * 10 + index) }));
      }
    };
    const transport = createMemoryTransport({
      before: () => new Promise<void>((resolve) => void setImmediate(resolve))
    });
    const onProgress = (event: { readonly type: string; readonly datums?: number }) => {
      if (event.type === "chunk") acknowledged += event.datums ?? 0;
    };
    const options = { chunkSize: 10, concurrency: 4, onProgress };
    const { receipt } = await uploadVirtually({ transport }, { pages: source() }, options);
    expect(receipt.sent).toBe(1000);
    // Four chunks in flight, one that waits for its turn, one page in hand.
    expect(ahead).toBeLessThanOrEqual(60);
  });
});
