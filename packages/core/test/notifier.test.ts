import { createMemoryTransport } from "@tideway/core/testing";
import { everyKind } from "@tideway/schemas";
import * as Effect from "effect/Effect";
import { MaxOpsBeforeYield } from "effect/Scheduler";
import { describe, expect, it } from "vitest";
import { Notifier } from "../src/engine/notifier.ts";
import { upload } from "../src/operations/upload/upload.ts";
import { cbgs } from "./support/datums.ts";
import { app } from "./support/virtually.ts";

const session = {
  app,
  dataSetType: "continuous",
  deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin" }
} as const;

describe("a notifier", () => {
  it("is heard by who looked before it rang and listens after", async () => {
    const notifier = new Notifier();
    const { change } = notifier;
    notifier.notify();
    await Effect.runPromise(change);
  });

  // A fiber has to give way after some steps: wherever that falls, between a look and a wait too, no ring may be missed.
  it.each([3, 16])("is missed by nobody, whenever fibers give way, %d chunks at once", async (concurrency) => {
    for (let steps = 3; steps <= 120; steps += 3) {
      const transport = createMemoryTransport();
      const options = { transport, userId: "u", app, model: everyKind };
      await transport.createDataSet("u", session);
      const running = upload(options, cbgs(30), { chunkSize: 1, concurrency });
      const { sent } = await Effect.runPromise(Effect.provideService(running, MaxOpsBeforeYield, steps));
      expect(sent).toBe(30);
    }
  });
});
