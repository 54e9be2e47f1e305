import {
  Throttled,
  Unreachable,
  createClient,
  forServers,
  forUnattendedJobs,
  type CallOptions,
  type RetryOptions
} from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { cbgs } from "./support/datums.ts";
import { app, uploadVirtually } from "./support/virtually.ts";

const hours = 3_600_000;

/** Uploads to a server that cannot be reached until so much was waited for it. */
const uploadAway = (milliseconds: number, options: RetryOptions) => {
  let waited = 0;
  const before = () => {
    if (waited < milliseconds) throw new Unreachable({ message: "Nobody is there." });
  };
  return uploadVirtually({ transport: createMemoryTransport({ before }), ...options }, cbgs(3), {
    onWait: (waiting) => (waited += waiting.milliseconds)
  });
};

const failing = (error: Error) =>
  createMemoryTransport({
    before: () => {
      throw error;
    }
  });

describe("patience, deadline and retries", () => {
  it.each([
    ["patience", -1],
    ["patience", Number.NaN],
    ["deadline", 0],
    ["retries", -1]
  ])("refuses %s %s at once", (name, value) => {
    expect(() => createClient({ transport: createMemoryTransport(), userId: "u", app, [name]: value })).toThrow(
      new RegExp(`^${name} has to be a number of at least`)
    );
  });

  it.each([0, 1, 7])("makes a request again %i times", async (retries) => {
    const transport = failing(new Unreachable({ message: "Nobody is there." }));
    const { failure } = await uploadVirtually({ transport, retries }, cbgs(1));
    expect(failure?.cause._tag).toBe("Unreachable");
    expect(transport.calls).toHaveLength(retries + 1);
  });

  it("waits for a server that asks for a pause no longer than patience allows", async () => {
    const transport = failing(new Throttled({ message: "Slow down.", retryAfter: 5000 }));
    const { failure, took } = await uploadVirtually({ transport, patience: 12_000 }, cbgs(1));
    expect(failure?.cause._tag).toBe("Throttled");
    expect(took).toBeGreaterThanOrEqual(10_000);
    expect(took).toBeLessThanOrEqual(12_500);
  });

  it("gives the deadline to the transport, for every call", async () => {
    const memory = createMemoryTransport();
    const told = new Map<string, CallOptions | undefined>();
    const transport = new Proxy(memory, {
      get: (target, name, receiver) => {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== "function") return member;
        return (...given: ReadonlyArray<unknown>) => {
          told.set(String(name), given.at(-1) as CallOptions);
          return Reflect.apply(member as (...all: ReadonlyArray<unknown>) => unknown, target, given) as unknown;
        };
      }
    });
    const tideway = createClient({ transport, userId: "u", app, deadline: 1234 });
    await tideway.upload(cbgs(1));
    await tideway.verify(cbgs(1));
    await tideway.remove(["cbg-0"]);
    for (const name of ["listDataSets", "createDataSet", "postData", "readData", "deleteData"]) {
      expect([name, told.get(name)?.deadline]).toEqual([name, 1234]);
    }
  });

  it("gives up an answer that does not come after the deadline, and keeps within what a server may take", async () => {
    const transport = createMemoryTransport({
      before: ({ name }) => (name === "postData" ? new Promise(() => undefined) : undefined)
    });
    const { failure, took, receipt } = await uploadVirtually({ transport, ...forServers }, cbgs(3));
    expect(failure?.cause._tag).toBe("Unanswered");
    expect(receipt).toMatchObject({ read: 3, sent: 0, inDoubt: 3 });
    expect(took).toBeLessThanOrEqual(forServers.patience);
  });

  it("for unattended jobs outlasts a server that is away for an hour, also at its start", async () => {
    const { receipt, took } = await uploadAway(hours, forUnattendedJobs);
    expect(receipt.sent).toBe(3);
    expect(took).toBeGreaterThan(hours);
    const { failure } = await uploadAway(3 * hours, forUnattendedJobs);
    expect(failure?.cause._tag).toBe("Unreachable");
  });

  it("leaves the details of the policy to the policy", async () => {
    const transport = failing(new Unreachable({ message: "Nobody is there." }));
    await uploadVirtually({ transport, retries: 9, policy: { retry: { firstContact: 2 } } }, cbgs(1));
    expect(transport.calls).toHaveLength(2);
  });
});
