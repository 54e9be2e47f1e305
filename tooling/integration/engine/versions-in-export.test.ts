import { createClient, unknownDatums } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import { readTidepool } from "@tideway/sources";
import { expect, it } from "vitest";

const time = "2025-03-01T10:00:00Z";
const id = (end: string) => end.padStart(32, "0");
const bolus = (end: string, normal: number) => ({
  id: id(end),
  type: "bolus",
  subType: "normal",
  normal,
  time,
  uploadId: "an-older-session",
  origin: { id: "b-1" }
});
const wizard = (bolusEnd: string) => ({
  id: id("a1"),
  type: "wizard",
  units: "mg/dL",
  carbInput: 40,
  bolus: id(bolusEnd),
  time,
  uploadId: "an-older-session",
  origin: { id: "w-1" }
});

it.each([
  ["the newest is inside the wizard", [bolus("c1", 2), wizard("c3"), bolus("c3", 3)], 3],
  ["the newest is alone, after the wizard", [bolus("c1", 2), wizard("c1"), bolus("c3", 3)], 3],
  ["the newest comes before the wizard of the older", [bolus("c1", 2), bolus("c3", 3), wizard("c1")], 3],
  ["the oldest in the file is the newest in time", [bolus("c3", 3), wizard("c3"), bolus("c1", 2)], 2]
])(
  "the last version of a bolus in an export is the one that arrives and that verify expects: %s",
  async (_, records, normal) => {
    const transport = createMemoryTransport();
    const client = createClient({ transport, userId: "u", app: { name: "org.example.versions", version: "1.0.0" } });
    const source = () => readTidepool(new Blob([JSON.stringify(records)]).stream());
    const { sessionId, rejected } = await client.upload(source);
    expect(rejected).toBe(0);
    const stored: Array<{ readonly type?: unknown }> = [];
    for await (const datum of transport.readData("u", { uploadId: sessionId }, {})) stored.push(datum as object);
    expect(stored.filter(({ type }) => type === "bolus")).toMatchObject([{ normal }]);
    expect(await client.verify(source)).toMatchObject({ expected: 2, matched: 2, stored: 2, differences: [] });
    // What a plain reading of the file means, told by nobody who reads exports.
    const last = records.findLast(({ type }) => type === "bolus")!;
    const { id: _id, uploadId: _uploadId, ...plain } = last;
    const plainly = await client.verify(unknownDatums([plain]));
    expect(plainly.differences).toEqual([{ originId: "w-1", found: "extra", pointers: [] }]);
  }
);
