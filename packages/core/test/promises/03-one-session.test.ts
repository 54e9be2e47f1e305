import { ServerFailed, Unanswered, createClient } from "@tideway/core";
import { type MemoryTransportOptions, createMemoryTransport } from "@tideway/core/testing";
import { everyKind } from "@tideway/schemas";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { describe, expect, it } from "vitest";
import { engineFor } from "../../src/engine/engine.ts";
import { ranked } from "../../src/operations/session/candidates.ts";
import { ensureSession } from "../../src/operations/session/ensure.ts";
import { cbgs } from "../support/datums.ts";
import { app, uploadVirtually, virtually } from "../support/virtually.ts";

const deduplicator = { name: "org.tidepool.deduplicator.dataset.delete.origin" };
const body = { client: app, dataSetType: "continuous" as const, deduplicator };

const ensure = async (transport: ReturnType<typeof createMemoryTransport>) => {
  const options = { transport, userId: "u", app, model: everyKind };
  const exit = await virtually(Effect.scoped(Effect.flatMap(engineFor(options), (engine) => ensureSession(engine))));
  if (Exit.isFailure(exit)) throw new Error(String(exit.cause));
  return exit.value;
};

const usable = (transport: ReturnType<typeof createMemoryTransport>) => ranked(transport.dataSets, app.name);

/** Two transports for one server that do not look like it: as two processes, which share no lock. */
const twoProcesses = (options: MemoryTransportOptions) => {
  const one = createMemoryTransport(options);
  return [one, { ...one, server: "another process" }] as const;
};

describe("promise 3: one session", () => {
  it("makes one session for any number of calls in one process", async () => {
    const transport = createMemoryTransport();
    const clients = Array.from({ length: 5 }, () => createClient({ transport, userId: "u", app }));
    const ensured = await Promise.all(clients.flatMap(({ session }) => [session.ensure(), session.ensure()]));
    expect(new Set(ensured.map(({ session }) => session.uploadId)).size).toBe(1);
    expect(ensured.filter(({ opened }) => opened)).toHaveLength(1);
    expect(transport.calls.filter(({ name }) => name === "createDataSet")).toHaveLength(1);
  });

  it("agrees on the oldest and takes the empty loser away, where processes open sessions at the same time", async () => {
    let waiting: Array<() => void> = [];
    const [one, other] = twoProcesses({
      // Both have looked before either has opened.
      before: ({ name }) =>
        name !== "createDataSet"
          ? undefined
          : new Promise<void>((resolve) => {
              waiting.push(resolve);
              if (waiting.length < 2) return;
              for (const go of waiting) go();
              waiting = [];
            })
    });
    const ensured = await Promise.all([one, other].map((transport) => ensure(transport)));
    expect(one.calls.filter(({ name }) => name === "createDataSet")).toHaveLength(2);
    expect(new Set(ensured.map(({ session }) => session.uploadId)).size).toBe(1);
    expect(usable(one)).toHaveLength(1);
    expect(ensured.filter(({ opened }) => opened)).toHaveLength(1);
  });

  it("takes an own loser away only where it holds no data", async () => {
    for (const used of [false, true]) {
      const inner = createMemoryTransport();
      const transport = {
        ...inner,
        // An older session comes into sight after ours was opened, and perhaps somebody has used ours by then.
        async listDataSets(...args: Parameters<typeof inner.listDataSets>) {
          const [own] = await inner.listDataSets(...args);
          if (!own) return [];
          if (used) await inner.postData(own.uploadId, JSON.stringify(cbgs(1)));
          return [own, { ...own, id: "older", uploadId: "older", createdTime: "2020-01-01T00:00:00Z" }];
        }
      };
      const ensured = await ensure(transport as typeof inner);
      expect(ensured).toMatchObject({ opened: false, session: { uploadId: "older" } });
      expect(inner.calls.some(({ name }) => name === "deleteDataSet")).toBe(!used);
    }
  });

  it.each([
    ["an answer that never came", () => new Unanswered({ message: "timeout" })],
    ["a 500 after the work was done", () => new ServerFailed({ message: "500", status: 500 })]
  ])("looks before it opens again after %s", async (_, failure) => {
    let failed = false;
    const transport = createMemoryTransport({
      after: ({ name }) => {
        if (name !== "createDataSet" || failed) return;
        failed = true;
        throw failure();
      }
    });
    await ensure(transport);
    expect(transport.dataSets).toHaveLength(1);
  });

  it("sees every page, and only continuous sessions with the right deduplicator that are not deleted", async () => {
    const transport = createMemoryTransport();
    const right = await transport.createDataSet("u", body);
    const deleted = await transport.createDataSet("u", body);
    await transport.deleteDataSet(deleted.uploadId);
    await transport.createDataSet("u", { ...body, dataSetType: "normal" });
    await transport.createDataSet("u", { ...body, deduplicator: { name: "org.tidepool.deduplicator.none" } });
    for (let index = 0; index < 2100; index++) await transport.createDataSet("u", { ...body, dataSetType: "normal" });
    const tideway = createClient({ transport, userId: "u", app });
    expect((await tideway.session.find())?.uploadId).toBe(right.uploadId);
    expect(await tideway.session.list()).toHaveLength(2103);
  });

  it("keeps the winner when a newer session appears", async () => {
    const transport = createMemoryTransport();
    const first = await uploadVirtually({ transport }, cbgs(1));
    await transport.createDataSet("u", body);
    const second = await uploadVirtually({ transport }, cbgs(1));
    expect(second.receipt.sessionId).toBe(first.receipt.sessionId);
  });
});
