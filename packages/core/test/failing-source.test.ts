import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { type Source, type Upload, createClient } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Throttled } from "../src/contract/errors/transport-error.ts";
import { cbg, cbgs } from "./support/datums.ts";
import { app, uploadVirtually } from "./support/virtually.ts";

const missing = new URL("no/such/file.ndjson", import.meta.url).pathname;

/** A few turns of the event loop, in which a stream finds out that its file is not there. */
const turns = async (count = 20) => {
  for (let turn = 0; turn < count; turn++) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
};

const failure = () => Object.assign(new Error("The value was 177."), { code: "ENOENT" });

/** Fails before anybody asks. */
const failedAlready = (): Source => {
  const failed = Promise.reject(failure());
  return { [Symbol.asyncIterator]: () => ({ next: () => failed }) };
};

/** Gives a datum, and fails while that is on its way. */
const failingLater = (): Source => {
  const stream = new Readable({ objectMode: true, read: () => undefined });
  stream.push(cbg(0));
  setImmediate(() => stream.destroy(failure()));
  return stream;
};

const sources: ReadonlyArray<readonly [string, () => Source]> = [
  ["a stream of a file that is not there", () => createReadStream(missing)],
  ["a function that opens one", () => () => createReadStream(missing)],
  ["an iterator that has failed already", failedAlready],
  [
    "a generator that throws at once",
    async function* () {
      yield* [];
      throw failure();
    }
  ]
];

const late = () => createMemoryTransport({ before: () => turns() });

let unhandled: Array<unknown> = [];
const note = (error: unknown) => void unhandled.push(error);

beforeEach(() => {
  unhandled = [];
  process.on("unhandledRejection", note).on("uncaughtException", note);
});

afterEach(async () => {
  await turns();
  process.off("unhandledRejection", note).off("uncaughtException", note);
  expect(unhandled).toEqual([]);
});

const uploading =
  (transport = late(), signal?: AbortSignal) =>
  (source: Source): Upload =>
    createClient({ transport, userId: "u", app, ledger: createMemoryLedger() }).upload(
      source,
      signal ? { signal } : {}
    );

describe.each(sources)("%s", (_, source) => {
  it("fails the upload, says why in words, opens no session, and leaves the process alone", async () => {
    const transport = late();
    const error = await uploading(transport)(source()).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ _tag: "UploadStopped", cause: { _tag: "SourceFailed" } });
    expect((error as Error).message).toBe(
      "The upload stopped. The source failed while it was read: there is no such file (ENOENT). More is in the cause."
    );
    expect(transport.dataSets).toEqual([]);
  });

  it("leaves the process alone where the server asks for a pause meanwhile", async () => {
    let asked = 0;
    const transport = createMemoryTransport({
      before: () => {
        if (asked++ === 0) throw new Throttled({ message: "Later.", status: 429, retryAfter: 50 });
        return turns();
      }
    });
    await expect(uploading(transport)(source())).rejects.toThrow("ENOENT");
  });

  it("leaves the process alone where the upload was aborted before it began, or soon after", async () => {
    await expect(uploading(late(), AbortSignal.abort())(source())).rejects.toThrow();
    const abort = new AbortController();
    const running = uploading(late(), abort.signal)(source());
    abort.abort();
    await expect(running).rejects.toThrow();
  });

  it("leaves the process alone where the options of the upload make no sense", () => {
    const tideway = createClient({ transport: late(), userId: "u", app });
    expect(() => tideway.upload(source(), { chunkSize: 0 })).toThrow(RangeError);
  });

  it("leaves the process alone where it is to be compared with a session that is not there, or slow to be found", async () => {
    const transport = late();
    const tideway = createClient({ transport, userId: "u", app });
    await expect(tideway.verify(source())).rejects.toThrow();
    await tideway.upload(cbgs(2));
    await expect(tideway.verify(source())).rejects.toThrow("ENOENT");
  });
});

describe("a source", () => {
  it("that is a promise by mistake is refused in words, and leaves the process alone where it fails", async () => {
    const promise: unknown = Promise.reject(failure());
    expect(() => uploading()(promise as Source)).toThrow("not a promise: await it");
    const opens: unknown = () => Promise.reject(failure());
    await expect(uploading()(opens as Source)).rejects.toThrow("not a promise: await it");
  });

  it("that fails later stops the upload, whatever the engine does at that moment", async () => {
    const transport = late();
    const error = await uploading(transport)(failingLater()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ _tag: "UploadStopped", cause: { _tag: "SourceFailed" } });
  });

  it("whose ids to delete fail early leaves the process alone", async () => {
    const tideway = createClient({ transport: late(), userId: "u", app });
    expect(await tideway.remove(failedAlready() as AsyncIterable<string>)).toBe(0);
    await tideway.upload(cbgs(2));
    await expect(tideway.remove(failedAlready() as AsyncIterable<string>)).rejects.toMatchObject({
      _tag: "SourceFailed"
    });
  });

  it.each([
    ["nothing at all", [], { read: 0 }],
    ["nothing valid", [{ type: "nonsense" }, cbg(0, -7)], { read: 2, rejected: 2 }]
  ])("that yields %s opens no session and asks for nothing", async (_, source, counts) => {
    const transport = createMemoryTransport();
    const { receipt, failure: stopped } = await uploadVirtually({ transport }, source);
    expect(stopped).toBeUndefined();
    expect(receipt).toMatchObject({ sessionId: "", sessionOpened: false, sent: 0, ...counts });
    expect(transport.calls).toEqual([]);
  });

  it("that holds a datum after thousands that are none opens one, and loses nothing", async () => {
    const { receipt } = await uploadVirtually({ transport: createMemoryTransport() }, [...cbgs(2500, -7), cbg(0)]);
    expect(receipt).toMatchObject({ read: 2501, rejected: 2500, sent: 1, sessionOpened: true });
    expect(receipt.rejections[999]).toMatchObject({ index: 999 });
  });

  it("without one datum is not mirrored: that would delete everything", async () => {
    const options = { transport: createMemoryTransport(), ledger: createMemoryLedger() };
    expect((await uploadVirtually(options, [], { mirror: true })).failure).toBeUndefined();
    const { receipt } = await uploadVirtually(options, cbgs(3));
    const mirrored = await uploadVirtually(options, [], { mirror: true });
    expect(mirrored.failure?.cause._tag).toBe("SourceEmpty");
    expect(mirrored.failure?.message).toMatch(/nothing was deleted/u);
    expect(options.transport.stored(receipt.sessionId)).toHaveLength(3);
  });
});
