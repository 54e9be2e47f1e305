import { Refused, createClient, unknownDatums } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cbg } from "../support/datums.ts";
import { app, uploadVirtually } from "../support/virtually.ts";

const secretValue = 123_456_789;

afterEach(() => {
  vi.restoreAllMocks();
});

describe("promise 18: no health value in texts", () => {
  it("tells in messages what rule was broken, never what stood there", async () => {
    const transport = createMemoryTransport({
      before: ({ name }) => {
        if (name !== "postData") return;
        const issue = { pointer: "/0/value", code: "odd", message: "must be even", value: 177 };
        throw new Refused({ message: "The server refused the body.", status: 400, issues: [issue] });
      }
    });
    const { receipt } = await uploadVirtually({ transport }, [cbg(0, secretValue), cbg(1, 177)]);
    expect(receipt.rejected).toBe(2);
    for (const { message } of receipt.rejections) {
      expect(message).not.toContain(String(secretValue));
      expect(message).not.toContain("177");
    }
  });

  it("does not repeat the words of a source that failed: they may quote what it read", async () => {
    const source = async function* () {
      yield JSON.parse(`{"value":${secretValue},}`) as unknown;
    };
    const { failure } = await uploadVirtually({ transport: createMemoryTransport() }, source());
    expect(failure?.cause._tag).toBe("SourceFailed");
    expect(failure?.message).not.toContain(String(secretValue));
  });

  it("writes to no console, whatever happens", async () => {
    const spies = (["log", "info", "warn", "error", "debug"] as const).map((name) => vi.spyOn(console, name));
    const tideway = createClient({ transport: createMemoryTransport(), userId: "u", app });
    await tideway.upload(unknownDatums([cbg(0), cbg(1, secretValue), 7]));
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});
