import { type Search, Refused } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Item } from "../../src/contract/item.ts";
import { Bisection } from "../../src/policy/bisection.ts";
import { cbg, cbgs } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

const refused = (issues: Refused["issues"] = []) => new Refused({ message: "400", status: 400, issues });

const items = (count: number) =>
  Array.from({ length: count }, (_, index): Item => {
    const rest = {
      children: [],
      childKinds: [],
      json: "",
      bytes: 0,
      fingerprint: "",
      outdates: [],
      gone: [],
      time: undefined
    };
    return { index, entry: { datum: undefined }, kind: "cbg", originId: String(index), ...rest };
  });

type Pointing = (part: ReadonlyArray<Item>, bad: ReadonlySet<number>) => Refused["issues"];

/** Plays a server that says no as long as one of these is in a request, and points where `pointing` says. */
const play = (count: number, bad: ReadonlySet<number>, pointing: Pointing = () => []) => {
  const isolation = new Bisection(items(count));
  const blamed: Array<number> = [];
  const sent: Array<number> = [];
  let requests = 0;
  let datums = 0;
  for (let part = isolation.next(); part; part = isolation.next()) {
    requests++;
    datums += part.length;
    expect(isolation.remaining().map(({ index }) => index)).toEqual(
      items(count)
        .map(({ index }) => index)
        .filter((index) => !sent.includes(index) && !blamed.includes(index))
    );
    if (part.some(({ index }) => bad.has(index))) {
      blamed.push(...isolation.refused(pointing(part, bad)).map(({ item }) => item.index));
    } else {
      sent.push(...part.map(({ index }) => index));
      blamed.push(...isolation.accepted().map(({ item }) => item.index));
    }
  }
  return { requests, datums, blamed: blamed.sort((a, b) => a - b), sent: sent.sort((a, b) => a - b) };
};

const issueAt = (position: number) => ({ pointer: `/${position}/value`, code: "odd", message: "is odd" });

/** Points so many places beside each bad one, or only the first. */
const offBy =
  (offset: number, most = Number.POSITIVE_INFINITY): Pointing =>
  (part, bad) =>
    part.flatMap(({ index }, position) => (bad.has(index) ? [issueAt(position + offset)] : [])).slice(0, most);

describe("promise 4: a poison datum costs one datum", () => {
  it("never sends what the schemas refuse", async () => {
    const transport = createMemoryTransport();
    const { receipt } = await uploadVirtually({ transport }, [cbg(0), cbg(1, -7), { type: "cbg" }, cbg(2)]);
    expect(receipt).toMatchObject({ sent: 2, rejected: 2, requests: 1 });
    expect(receipt.rejections.map(({ by }) => by)).toEqual(["check", "check"]);
  });

  it("never sends what the platform would choke on though every check passes: its answer would name no datum", async () => {
    const transport = createMemoryTransport();
    const deep = (levels: number) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`) as unknown;
    const texts = [
      ['"payload":{"x":1e400}', "number-too-large"],
      ['"payload":{"a\\u0000":1}', "nul-in-name"],
      [`"payload":{"a":${JSON.stringify(deep(99))}}`, "too-deep"],
      ['"origin":{"id":"o","name":"n","type":"device","payload":{"x":[-1e400]}}', "number-too-large"],
      [`"payload":{"a":${JSON.stringify(deep(98))}}`, undefined],
      ['"payload":{"a":"\\u0000","b":1e308}', undefined]
    ] as const;
    const pages = async function* () {
      yield texts.map(([members], index) => ({
        text: `{"type":"food","time":"2026-01-01T08:00:0${index}Z",${members}}`
      }));
    };
    const { receipt } = await uploadVirtually({ transport }, { pages: pages() });
    expect(receipt).toMatchObject({ sent: 2, rejected: 4, requests: 1 });
    const expected = texts.flatMap(([, code], index) => (code === undefined ? [] : [[index, code, "engine"]]));
    expect(receipt.rejections.map(({ index, code, by }) => [index, code, by])).toEqual(expected);
    expect(receipt.rejections[0]?.message).toMatch(/^\/payload holds a number/);
  });

  it("takes out what the server points at, and sends the rest again, until nothing is hidden any more", async () => {
    const transport = createMemoryTransport({
      before: (call) => {
        if (call.name !== "postData") return;
        // Parse errors hide validation errors, as on the platform.
        for (const [value, code] of [
          [66, "type-not-float64"],
          [77, "value-not-valid"]
        ] as const) {
          const issues = call.datums.flatMap((datum, index) =>
            datum["value"] === value ? [{ pointer: `/${index}/value`, code, message: "is not taken" }] : []
          );
          if (issues.length > 0) throw refused(issues);
        }
      }
    });
    const source = cbgs(100).map((datum, index) => ({
      ...datum,
      value: index === 10 || index === 90 ? 66 : index === 50 ? 77 : 100
    }));
    const { receipt } = await uploadVirtually({ transport }, source);
    expect(receipt).toMatchObject({ sent: 97, rejected: 3, requests: 3 });
    expect(receipt.rejections.map(({ index, code, by }) => [index, code, by])).toEqual([
      [10, "type-not-float64", "server"],
      [90, "type-not-float64", "server"],
      [50, "value-not-valid", "server"]
    ]);
    expect(receipt.rejections[0]?.issues[0]?.pointer).toBe("/value");
  });

  it("finds one bad datum without pointers in at most 2·log2(n)+1 requests, wherever it stands", () => {
    for (const count of [1, 2, 3, 4, 5, 7, 8, 31, 32, 33, 100, 999, 1000]) {
      for (let bad = 0; bad < count; bad += count > 100 ? 37 : 1) {
        const { requests, blamed, sent } = play(count, new Set([bad]));
        expect(requests).toBeLessThanOrEqual(2 * Math.log2(count) + 1);
        expect(blamed).toEqual([bad]);
        expect(sent).toHaveLength(count - 1);
      }
    }
  });

  it("gets every good datum in and blames every bad one, however many there are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.uniqueArray(fc.nat(59)), (count, bad) => {
        const expected = bad.filter((index) => index < count).sort((a, b) => a - b);
        const { blamed, sent } = play(count, new Set(expected));
        expect(blamed).toEqual(expected);
        expect(sent).toEqual(
          items(count)
            .map(({ index }) => index)
            .filter((index) => !expected.includes(index))
        );
      })
    );
  });

  it.each([
    ["off by one", offBy(1)],
    ["off by one the other way", offBy(-1)],
    ["off by seven", offBy(7)],
    ["off by one, and one at a time", offBy(1, 1)],
    ["always at the first", () => [issueAt(0)]],
    ["always at the last", (part: ReadonlyArray<Item>) => [issueAt(part.length - 1)]]
  ])("rejects no good datum for pointers that lie: %s", (_, pointing) => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.uniqueArray(fc.nat(59)), (count, all) => {
        const bad = all.filter((index) => index < count).sort((a, b) => a - b);
        const { blamed, requests } = play(count, new Set(bad), pointing);
        expect(blamed).toEqual(bad);
        expect(requests).toBeLessThanOrEqual(3 * count + 2 * Math.log2(count) + 8);
      })
    );
    const { blamed, sent, requests } = play(100, new Set([40]), pointing);
    expect([blamed, sent.length]).toEqual([[40], 99]);
    expect(requests).toBeLessThanOrEqual(25);
  });

  it("needs no more than three requests where pointers are right, though faults hide others", () => {
    const inTwoSteps: Pointing = (part, bad) => {
      const named = part.flatMap(({ index }, position) => (bad.has(index) ? [{ index, position }] : []));
      const first = named.filter(({ index }) => index % 2 === 0);
      if (first.length > 0) return first.map(({ position }) => ({ ...issueAt(position), code: "type-odd" }));
      return named.map(({ position }) => issueAt(position));
    };
    const bad = Array.from({ length: 40 }, (_, index) => index * 5);
    const { blamed, requests } = play(1000, new Set(bad), inTwoSteps);
    expect(blamed).toEqual(bad);
    expect(requests).toBe(3);
  });

  it("finds a thousand bad datums of a thousand without pointers in 1,999 requests, and sends each ten times", () => {
    const all = new Set(Array.from({ length: 1000 }, (_, index) => index));
    const { blamed, requests, datums } = play(1000, all);
    expect(blamed).toHaveLength(1000);
    expect(requests).toBeLessThanOrEqual(1999);
    expect(datums).toBeLessThanOrEqual(11_000);
  });

  it("bisects in an upload where the pointers lead nowhere", async () => {
    const transport = createMemoryTransport({
      before: (call) => {
        const isBad = call.name === "postData" && call.datums.some(({ value }) => value === 66);
        if (isBad) throw refused([{ pointer: "/4711/value", code: "odd", message: "is odd" }]);
      }
    });
    const { receipt } = await uploadVirtually({ transport }, [...cbgs(700), cbg(700, 66), ...cbgs(900).slice(701)]);
    expect(receipt).toMatchObject({ read: 900, sent: 899, rejected: 1 });
    expect(receipt.requests).toBeLessThanOrEqual(20);
    expect(receipt.rejections[0]).toMatchObject({ index: 700, by: "server" });
  });

  it("does as another policy says: here, to blame the whole chunk at once", async () => {
    const transport = createMemoryTransport({
      before: (call) => {
        if (call.name === "postData" && call.datums.some(({ value }) => value === 66)) throw refused();
      }
    });
    const begin = (all: ReadonlyArray<Item>): Search => {
      let left: ReadonlyArray<Item> = all;
      const blame = (code: string) => {
        const culprits = left.map((item) => ({ item, code, issues: [] }));
        left = [];
        return culprits;
      };
      return {
        next: () => (left.length > 0 ? left : undefined),
        accepted: () => void (left = []),
        refused: () => blame("refused"),
        tooLarge: () => blame("too-large"),
        remaining: () => left
      };
    };
    const source = [...cbgs(30), cbg(30, 66)];
    const { receipt } = await uploadVirtually({ transport, policy: { isolation: { begin } } }, source, {
      chunkSize: 10
    });
    expect(receipt).toMatchObject({ sent: 30, rejected: 1, requests: 4 });
  });

  it("tells of each bad datum what stood in it, even where the source parses all of them into one object", async () => {
    const shared = { ...cbg(0), deviceId: { serial: "" } };
    const entries = ["A", "B", "C"].map((serial) => ({
      text: JSON.stringify({ ...shared, deviceId: { serial } }),
      parse: () => {
        shared.deviceId.serial = serial;
        return shared;
      }
    }));
    const pages = (async function* () {
      yield entries;
    })();
    const { receipt } = await uploadVirtually({ transport: createMemoryTransport() }, { pages });
    const told = receipt.rejections.flatMap(({ issues }) => issues.map(({ pointer, value }) => [pointer, value]));
    expect(told).toEqual(["A", "B", "C"].map((serial) => ["/deviceId", { serial }]));
  });
});
