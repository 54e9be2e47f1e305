import { Unauthenticated } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { cbgs } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

describe("promise 7: an expired login", () => {
  it("stops the upload with that error after what the transport could renew, asks no more, and keeps the ledger true", async () => {
    let posts = 0;
    let isOver = true;
    const transport = createMemoryTransport({
      before: ({ name }) => {
        if (name === "postData" && isOver && posts++ >= 2)
          throw new Unauthenticated({ message: "Log in again.", status: 401 });
      }
    });
    const ledger = createMemoryLedger();
    const options = { chunkSize: 10, concurrency: 1 };
    const { failure, receipt } = await uploadVirtually({ transport, ledger }, cbgs(100), options);
    expect(failure).toMatchObject({ _tag: "UploadStopped", cause: { _tag: "Unauthenticated" } });
    expect(receipt.sent).toBe(20);
    expect(posts).toBe(3);
    isOver = false;
    const again = await uploadVirtually({ transport, ledger }, cbgs(100), options);
    expect(again.receipt).toMatchObject({ unchanged: 20, sent: 80 });
  });
});
