import { type Datum, createClient } from "@tideway/core";
import * as Tideway from "@tideway/core/effect";
import { createSandbox } from "@tideway/sandbox";
import { createTransport, fixedToken } from "@tideway/transport";
import * as Effect from "effect/Effect";
import { describe, expect, it } from "vitest";

const day = "2026-03-01";
const cbg = (minute: number, value = 104): Datum => ({
  type: "cbg",
  time: new Date(Date.parse(`${day}T08:00:00Z`) + minute * 60_000).toISOString(),
  units: "mg/dL",
  value,
  deviceId: "sensor-1"
});
const readings = [0, 5, 10, 15].map((minute) => cbg(minute));

/** An account that is linked with a service: what other programs sent of that time is not shown, unless it is asked for. */
const linked = {
  userId: "u1",
  token: "t1",
  dataSources: [
    { dataSetIds: ["f".repeat(32)], earliestDataTime: `${day}T00:00:00Z`, latestDataTime: `${day}T23:59:59Z` }
  ]
};

describe("what an account holds already", () => {
  it("is found in a sandbox, also what the platform hides beside a linked service", async () => {
    const sandbox = createSandbox({ users: [linked] });
    const transport = createTransport({
      environment: { fetch: (request) => sandbox.fetch(request) },
      credentials: fixedToken("t1")
    });
    const clientOf = (name: string) => createClient({ transport, userId: "u1", app: { name, version: "1.0.0" } });
    const fetched = await clientOf("org.tidepool.abbott.libreview.partner.api").upload(readings.slice(0, 3));
    const report = await clientOf("org.example.app").findOverlaps(readings);
    expect(report).toMatchObject({
      overlaps: [
        {
          dataSetId: fetched.sessionId,
          link: "LibreView",
          sameDevices: ["sensor-1"],
          days: [day],
          datums: 3,
          sameReadings: 3
        }
      ],
      days: 1,
      readings: 4
    });
    const target = { userId: "u1", app: { name: "org.example.app", version: "1.0.0" } };
    const inEffect = await Tideway.findOverlaps(target, readings).pipe(
      Effect.provide(Tideway.Ledger.layerNone),
      Effect.provideService(Tideway.Transport, transport),
      Effect.runPromise
    );
    expect(inEffect).toEqual(report);
  });

  it("may be looked at by those alone who may view", async () => {
    const uploader = { userId: "u2", token: "t2", permissions: { u1: ["upload"] } };
    const sandbox = createSandbox({ users: [linked, uploader] });
    const transport = createTransport({
      environment: { fetch: (request) => sandbox.fetch(request) },
      credentials: fixedToken("t2")
    });
    const client = createClient({ transport, userId: "u1", app: { name: "org.example.app", version: "1.0.0" } });
    await expect(client.findOverlaps(readings)).rejects.toMatchObject({ _tag: "Forbidden" });
  });
});
